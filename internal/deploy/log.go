package deploy

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-exec/tfexec"
)

// log switches Terraform's log on for one run, if there shall be one. The
// provider logs what it sends to AWS, and with that what the variables hold: so
// the log goes through a veil. To call logged ends it.
func (t *Terraform) log(tf *tfexec.Terraform) (logged func(), err error) {
	if t.config.LogFile == "" {
		return func() {}, nil
	}
	file, err := os.OpenFile(t.config.LogFile, os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	path, end, err := spool(func(r io.Reader) { t.veiled(file, r) })
	if err != nil {
		file.Close()
		return nil, err
	}
	return func() { end(); file.Close() }, tf.SetLogPath(path)
}

// veiled copies a log line by line, without the values of variables. It reads
// to the end whatever becomes of what it writes: Terraform waits for it.
func (t *Terraform) veiled(to io.Writer, from io.Reader) {
	words := veil(t.env)
	for lines := bufio.NewReader(from); ; {
		line, err := lines.ReadString('\n')
		_, _ = io.WriteString(to, words.Replace(line)) // in one piece: other roots write there too
		if err != nil {
			return
		}
	}
}

// hidden stands where the value of a variable stood.
const hidden = "(hidden by tfgen)"

// veil replaces the values of Terraform's variables in an environment, in each
// spelling that a request may have. What is shorter than four characters could
// be anything, and stays.
func veil(env map[string]string) *strings.Replacer {
	var words []string
	for name, value := range env {
		if !strings.HasPrefix(name, "TF_VAR_") || slices.Contains([]string{"true", "false", "null"}, value) {
			continue
		}
		for word := range strings.SplitSeq(value, "\n") {
			words = append(words, spellings(word)...)
		}
		words = append(words, spellings(value)...)
	}
	words = slices.DeleteFunc(words, func(w string) bool { return len(w) < 4 })
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) }) // the longer first
	var pairs []string
	for _, word := range words {
		pairs = append(pairs, word, hidden)
	}
	return strings.NewReplacer(pairs...)
}

func spellings(word string) []string {
	inJSON := func(text string) string {
		quoted, _ := json.Marshal(text) // a string always becomes JSON
		return string(quoted[1 : len(quoted)-1])
	}
	return []string{
		word, inJSON(word), inJSON(inJSON(word)), url.QueryEscape(word), url.PathEscape(word),
		base64.StdEncoding.EncodeToString([]byte(word)), base64.URLEncoding.EncodeToString([]byte(word)),
	}
}
