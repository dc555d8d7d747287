package existing

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// ec2Version is the version of the EC2 query API.
const ec2Version = "2016-11-15"

// A filter picks what is described: Filter.N.Name and Filter.N.Value.M.
type filter struct {
	name   string
	values []string
}

func is(name string, values ...string) filter { return filter{name, values} }

// where are the parameters of an action that describes what passes all filters.
func where(filters ...filter) url.Values {
	in := url.Values{}
	for i, f := range filters {
		prefix := "Filter." + strconv.Itoa(i+1)
		in.Set(prefix+".Name", f.name)
		for j, value := range f.values {
			in.Set(prefix+".Value."+strconv.Itoa(j+1), value)
		}
	}
	return in
}

// describe carries out an action of EC2 and decodes its answer into out. It
// tries as often as the config says, where the SDK would try again. What EC2
// refuses is a smithy.APIError.
func describe(ctx context.Context, config aws.Config, action string, in url.Values, out any) error {
	address, err := ec2Endpoint(ctx, config)
	if err != nil {
		return err
	}
	in.Set("Action", action)
	in.Set("Version", ec2Version)
	retryer := retry.NewStandard()
	for attempt := 1; ; attempt++ {
		answer, err := post(ctx, config, address, in.Encode())
		if err == nil {
			return xml.Unmarshal(answer, out)
		}
		if attempt >= cmp.Or(config.RetryMaxAttempts, retry.DefaultMaxAttempts) || !retryer.IsErrorRetryable(err) {
			return fmt.Errorf("%s: %w", action, err)
		}
		if err := pause(ctx, retryer, attempt, err); err != nil {
			return err
		}
	}
}

func pause(ctx context.Context, retryer *retry.Standard, attempt int, cause error) error {
	delay, err := retryer.RetryDelay(attempt, cause)
	if err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(delay):
		return nil
	}
}

// post sends one signed request and returns the body of its answer.
func post(ctx context.Context, config aws.Config, address, body string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
	keys, err := config.Credentials.Retrieve(ctx)
	if err != nil {
		return nil, err
	}
	hash := sha256.Sum256([]byte(body))
	if err := v4.NewSigner().SignHTTP(ctx, keys, request, hex.EncodeToString(hash[:]), "ec2", config.Region, time.Now()); err != nil {
		return nil, err
	}
	var client aws.HTTPClient = http.DefaultClient
	if config.HTTPClient != nil {
		client = config.HTTPClient
	}
	answer, err := client.Do(request)
	if err != nil {
		return nil, &smithyhttp.RequestSendError{Err: err} // which is tried again
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = refusal(answer.StatusCode, text)
	}
	return text, err
}

// A failure is an answer of EC2 that is not 200. The retryer of the SDK knows it
// by its status and its code.
type failure struct {
	smithy.GenericAPIError
	status int
}

func (f *failure) HTTPStatusCode() int { return f.status }

// refusal reads an error: "Error response format" in the EC2 Developer Guide.
func refusal(status int, body []byte) error {
	var answer struct {
		Code    string `xml:"Errors>Error>Code"`
		Message string `xml:"Errors>Error>Message"`
	}
	if err := xml.NewDecoder(bytes.NewReader(body)).Decode(&answer); err != nil || answer.Code == "" {
		answer.Code, answer.Message = "HTTP"+strconv.Itoa(status), http.StatusText(status)
	}
	return &failure{smithy.GenericAPIError{Code: answer.Code, Message: answer.Message}, status}
}

// ec2Endpoint is where EC2 answers: what the environment names for EC2 or for
// all services, what the profile names so, or AWS's own. "Service-specific
// endpoints" in the AWS SDKs and Tools Reference Guide.
func ec2Endpoint(ctx context.Context, config aws.Config) (string, error) {
	named, err := namedEndpoint(ctx, config)
	if named != "" || err != nil {
		return named, err
	}
	fips, err := setting(config, func(s interface {
		GetUseFIPSEndpoint(context.Context) (aws.FIPSEndpointState, bool, error)
	}) (aws.FIPSEndpointState, bool, error) {
		return s.GetUseFIPSEndpoint(ctx)
	})
	if err != nil {
		return "", err
	}
	// The SDK keeps to its services which partition a region is in. ECS has the
	// same names of hosts, but for FIPS in GovCloud, where EC2 has one host.
	beside, err := ecs.NewDefaultEndpointResolverV2().ResolveEndpoint(ctx, ecs.EndpointParameters{
		Region: &config.Region, UseFIPS: aws.Bool(fips == aws.FIPSEndpointStateEnabled),
	})
	if err != nil {
		return "", err
	}
	host := strings.Replace(beside.URI.Host, "ecs", "ec2", 1)
	return "https://" + strings.Replace(host, "ec2-fips.us-gov-", "ec2.us-gov-", 1) + "/", nil
}

// namedEndpoint is what environment or profile name, or "". As in the SDK, what
// the environment names for all services stands before what a profile names for
// EC2. What the config holds for all has ignore_configured_endpoint_urls in it.
func namedEndpoint(ctx context.Context, config aws.Config) (string, error) {
	all := aws.ToString(config.BaseEndpoint)
	_, forAll := os.LookupEnv("AWS_ENDPOINT_URL")
	_, forEC2 := os.LookupEnv("AWS_ENDPOINT_URL_EC2")
	if forAll && !forEC2 {
		return all, nil
	}
	ignored, err := setting(config, func(s interface {
		GetIgnoreConfiguredEndpoints(context.Context) (bool, bool, error)
	}) (bool, bool, error) {
		return s.GetIgnoreConfiguredEndpoints(ctx)
	})
	if ignored || err != nil {
		return all, err
	}
	own, err := setting(config, func(s interface {
		GetServiceBaseEndpoint(context.Context, string) (string, bool, error)
	}) (string, bool, error) {
		return s.GetServiceBaseEndpoint(ctx, "EC2")
	})
	return cmp.Or(own, all), err
}

// setting is what the first of the config's sources says that says anything.
func setting[Source, Value any](config aws.Config, ask func(Source) (Value, bool, error)) (Value, error) {
	for _, source := range config.ConfigSources {
		if source, ok := source.(Source); ok {
			if said, found, err := ask(source); found || err != nil {
				return said, err
			}
		}
	}
	var nothing Value
	return nothing, nil
}

// ec2Tagged are the tags in an answer.
type ec2Tagged []struct {
	Key   string `xml:"key"`
	Value string `xml:"value"`
}

func (all ec2Tagged) byKey() map[string]string {
	byKey := map[string]string{}
	for _, t := range all {
		byKey[t.Key] = t.Value
	}
	return byKey
}
