package deploy

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// A Place is where a root's state is kept.
type Place struct {
	Kind        string // "local", "s3", or another of Terraform's backends
	File        string // local: path of the file, which need not be there
	Bucket, Key string // s3
	Region      string // s3: of the bucket
	KMSKey      string // s3: ARN of the key that encrypts the state, or ""
}

func (p Place) String() string {
	switch p.Kind {
	case "local":
		return p.File
	case "s3":
		return "s3://" + p.Bucket + "/" + p.Key
	}
	return p.Kind
}

// Kept says where the state of a root was kept when the root was last
// initialized in this working copy, whatever its code says now. It needs no
// Terraform, and takes the environment as os.Environ returns it.
func Kept(environ []string, root Root) (Place, error) {
	env, _ := environment(environ)
	r, err := readRecord(dataDir(env, root))
	if err != nil {
		return Place{}, fmt.Errorf("where the state of %s was kept: %w", root.Name, err)
	}
	c := r.Backend.Config
	switch r.Backend.Type {
	case "", "local":
		file := "terraform.tfstate"
		if c.Path != "" {
			file = c.Path
		}
		if !filepath.IsAbs(file) {
			file = filepath.Join(root.Dir, file)
		}
		return Place{Kind: "local", File: file}, nil
	}
	return Place{Kind: r.Backend.Type, Bucket: c.Bucket, Key: c.Key, Region: c.Region, KMSKey: c.KMSKey}, nil
}

// A record is what Terraform writes into the data folder about the backend
// that it initialized. Without a backend there may be a record, of nothing.
type record struct {
	Backend struct {
		Type   string
		Config struct {
			Path, Bucket, Key, Region string
			KMSKey                    string `json:"kms_key_id"`
		}
	}
}

func readRecord(dataDir string) (record, error) {
	var r record
	text, err := os.ReadFile(filepath.Join(dataDir, "terraform.tfstate"))
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(text, &r)
}

// hasRecord reports whether a backend was initialized.
func hasRecord(dataDir string) bool {
	r, err := readRecord(dataDir)
	return err == nil && r.Backend.Type != ""
}
