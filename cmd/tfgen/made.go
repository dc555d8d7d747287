package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"tfgen/generator/files"
	"tfgen/generator/spec"
	"tfgen/internal/deploy/bundle"
)

// made is what plans of a stage are made from, beside what stands in them.
func (a *app) made(s *stage) (bundle.Made, error) {
	sums, err := sums(joinDir(a.dir, s.spec.Dir), s.spec)
	return bundle.Made{Project: s.spec.Project.Name, Product: s.terraform.Product, Version: s.terraform.Version, Files: sums}, err
}

// sums are the hashes of all files that a plan is made from, below the
// project's folder: the spec, policies, and what Terraform reads by itself.
func sums(dir string, s *spec.Spec) (map[string]string, error) {
	names := []string{filepath.Base(s.File)}
	for _, p := range s.Policies() {
		if p.File != "" {
			names = append(names, p.File)
		}
	}
	code, err := terraformFiles(dir, s.Project.Output)
	if err != nil {
		return nil, err
	}
	all := map[string]string{}
	for _, name := range append(names, code...) {
		text, err := os.ReadFile(joinDir(dir, name))
		if err != nil {
			return nil, err
		}
		all[filepath.ToSlash(name)] = files.Hash(text)
	}
	return all, nil
}

// terraformFiles lists what Terraform reads below a folder without being told
// to: code, also a person's own, variables and lock files.
func terraformFiles(dir, below string) (names []string, err error) {
	err = fs.WalkDir(os.DirFS(dir), below, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case entry.IsDir() && strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir
		case !entry.IsDir() && readByTerraform(entry.Name()):
			names = append(names, name)
		}
		return nil
	})
	return names, err
}

func readByTerraform(name string) bool {
	for _, end := range []string{".tf", ".tf.json", ".tfvars", ".tfvars.json"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return name == ".terraform.lock.hcl"
}
