package localaws_test

import (
	"fmt"
	"testing"
)

// A secret is found as AWS finds it: by its name, by its whole ARN, and by one
// that lacks what Secrets Manager added, unless its name ends the same way.
func TestSecretNames(t *testing.T) {
	t.Parallel()
	server := start(t)
	admin := administrator(t, server)
	const prefix = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:"
	for _, test := range []struct {
		name         string
		partialFound bool
	}{
		{"app/db", true},
		{"depot/app-config", false},
		{"depot/app-configs", true},
		{"app-confi_", true},
	} {
		in := fmt.Sprintf(`{"Name": %q, "SecretString": "s", "ClientRequestToken": "00000000-0000-0000-0000-000000000000"}`, test.name)
		made, code := admin.json(secrets+"CreateSecret", in)
		if code != "" {
			t.Fatal(code)
		}
		whole, _ := made["ARN"].(string)
		for id, found := range map[string]bool{
			test.name:                  true,
			whole:                      true,
			prefix + test.name:         test.partialFound,
			whole[:len(whole)-1] + "0": false, // moto uses letters alone.
		} {
			_, code := admin.json(secrets+"GetSecretValue", fmt.Sprintf(`{"SecretId": %q}`, id))
			if (code == "") != found {
				t.Errorf("%s: code %q, found should be %v", id, code, found)
			}
		}
	}
}

// A secret of another account is found by its ARN there.
func TestSecretOfAnotherAccount(t *testing.T) {
	t.Parallel()
	server := start(t)
	made, _ := client{t: t, url: server.URL, key: "TFGENADM999999999999"}.json(secrets+"CreateSecret", `{"Name": "theirs", "SecretString": "s", "ClientRequestToken": "00000000-0000-0000-0000-000000000000"}`)
	whole, _ := made["ARN"].(string)
	for id, want := range map[string]string{whole: "", "theirs": "ResourceNotFoundException"} {
		if _, code := administrator(t, server).json(secrets+"GetSecretValue", fmt.Sprintf(`{"SecretId": %q}`, id)); code != want {
			t.Errorf("%s: %q, want %q", id, code, want)
		}
	}
}

// A parameter is found by its ARN, also where another account has it.
func TestParameterARN(t *testing.T) {
	t.Parallel()
	server := start(t)
	put := `{"Name": %q, "Type": "String", "Value": "v"}`
	administrator(t, server).json(ssm+"PutParameter", fmt.Sprintf(put, "plain"))
	client{t: t, url: server.URL, key: "TFGENADM999999999999"}.json(ssm+"PutParameter", fmt.Sprintf(put, "/shared/flags"))
	for arn, want := range map[string]int{
		"arn:aws:ssm:eu-west-1:123456789012:parameter/plain":        1,
		"arn:aws:ssm:eu-west-1:999999999999:parameter/shared/flags": 1,
		"arn:aws:ssm:eu-west-1:123456789012:parameter/shared/flags": 0,
	} {
		answer, code := administrator(t, server).json(ssm+"GetParameters", fmt.Sprintf(`{"Names": [%q], "WithDecryption": true}`, arn))
		if found, _ := answer["Parameters"].([]any); len(found) != want {
			t.Errorf("%s: %d found (%s), want %d", arn, len(found), code, want)
		}
	}
}
