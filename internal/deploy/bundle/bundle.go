// Package bundle is the file that keeps a plan for later: the saved plans of
// all roots, what they would do, and what they were made from.
//
// It promises that what is decoded is what was encoded, to the last bit, and
// that every other file is refused with its reason: one that is cut off, was
// changed, is of a newer tfgen, is Terraform's own, or is no plan at all. It
// reads and writes bytes, and knows no Terraform.
//
// A bundle may hold secrets, as a saved plan of Terraform does. Its checksum
// keeps accidents out, not a forger: who can write the file can write another.
package bundle

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"tfgen/internal/deploy/report"
)

// A Bundle is a plan of some roots, to be applied later.
type Bundle struct {
	Made    Made
	Destroy bool   // it removes everything
	Digest  string // as report.Digest has it
	Command string // that makes such a plan anew
	Roots   []Root
}

// Made is what a bundle was made from, beside what stands in its saved plans.
type Made struct {
	Project string            // the spec's name for it
	Product string            // "Terraform" or "OpenTofu"
	Version string            // of that: "1.11.4"
	Files   map[string]string // the spec, the code and what it reads: path from the project's folder → sha256
}

// Root is the plan of one root.
type Root struct {
	Name   string
	Facts  []string // that stand beside its name
	Report report.Plan
	Saved  []byte `json:"-"` // as Terraform saved it
}

// Names are the names of the roots.
func (b *Bundle) Names() (names []string) {
	for _, r := range b.Roots {
		names = append(names, r.Name)
	}
	return names
}

// Root returns the plan of a root, empty where there is none of that name.
func (b *Bundle) Root(name string) Root {
	for _, r := range b.Roots {
		if r.Name == name {
			return r
		}
	}
	return Root{}
}

// The first line of a bundle: a name, the number of the format, and the sum of
// all that follows, which is a zip archive.
const (
	magic  = "tfgen-plan"
	format = 1
)

// The files of the archive.
const (
	contentsFile = "contents.json"
	savedFolder  = "saved/"
)

// Encode returns the bytes of a bundle.
func (b *Bundle) Encode() ([]byte, error) {
	var body bytes.Buffer
	archive := zip.NewWriter(&body)
	contents, err := json.Marshal(b)
	if err == nil {
		err = add(archive, contentsFile, zip.Deflate, contents)
	}
	for _, r := range b.Roots {
		// A saved plan is compressed already.
		err = errors.Join(err, add(archive, savedFolder+r.Name, zip.Store, r.Saved))
	}
	if err = errors.Join(err, archive.Close()); err != nil {
		return nil, err
	}
	return append(head(body.Bytes()), body.Bytes()...), nil
}

func head(body []byte) []byte {
	sum := sha256.Sum256(body)
	return fmt.Appendf(nil, "%s %d sha256:%s\n", magic, format, hex.EncodeToString(sum[:]))
}

func add(archive *zip.Writer, name string, method uint16, text []byte) error {
	file, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: method})
	if err == nil {
		_, err = file.Write(text)
	}
	return err
}

// Is reports whether a text begins as a bundle does, of whatever format.
func Is(text []byte) bool { return bytes.HasPrefix(text, []byte(magic+" ")) }

// Decode reads a bundle. The error says in half a sentence what is wrong with
// the bytes: "is cut off, or was changed".
func Decode(text []byte) (*Bundle, error) {
	first, body, _ := bytes.Cut(text, []byte("\n"))
	if err := checkHead(string(first), text, body); err != nil {
		return nil, err
	}
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	b := &Bundle{}
	contents, err := read(archive, contentsFile)
	if err == nil {
		err = json.Unmarshal(contents, b)
	}
	for i := range b.Roots {
		var missing error
		b.Roots[i].Saved, missing = read(archive, savedFolder+b.Roots[i].Name)
		err = errors.Join(err, missing)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	return b, nil
}

func read(archive *zip.Reader, name string) ([]byte, error) {
	file, err := archive.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(file)
}

// checkHead refuses what is no bundle, or not whole.
func checkHead(first string, text, body []byte) error {
	words := strings.Split(first, " ")
	switch {
	case len(text) == 0:
		return errors.New("is empty")
	case bytes.HasPrefix(text, []byte("PK\x03\x04")):
		return errors.New("is a plan of Terraform itself, which Terraform applies: tfgen applies those that tfgen plan -out wrote")
	case words[0] != magic:
		return errors.New("is no plan that tfgen plan -out wrote")
	}
	if n, err := strconv.Atoi(second(words)); err == nil && n > format {
		return errors.New("was written by a newer tfgen")
	}
	if want := head(body); first+"\n" != string(want) {
		return errors.New("is cut off, or was changed since it was written")
	}
	return nil
}

func second(words []string) string {
	if len(words) < 2 {
		return ""
	}
	return words[1]
}
