package deploy

import (
	"bufio"
	"io"
	"maps"
	"os"
	"slices"

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
	words := veil(slices.Collect(maps.Values(variables(t.env))))
	for lines := bufio.NewReader(from); ; {
		line, err := lines.ReadString('\n')
		_, _ = io.WriteString(to, words.Replace(line)) // in one piece: other roots write there too
		if err != nil {
			return
		}
	}
}
