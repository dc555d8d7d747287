// Package localaws runs an AWS on this machine: moto's server, with the
// differences from AWS taken away that the real Terraform provider meets.
//
// What runs against it needs nothing but the environment that [Server.Environ]
// gives: no provider settings, no accounts, no network. The package promises
// that a server ends with the process that started it, whatever ended that
// one, and that neither a process nor a file is left. It knows Python, HTTP
// and processes; it knows neither Terraform nor the AWS SDK. What the server
// does otherwise than plain moto stands in python/fixes, one difference a file.
package localaws

import (
	"bufio"
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

//go:embed python/*.py python/connections/*.py python/fixes/*.py
var sources embed.FS

// patience is how long a server may take to end.
const patience = time.Minute

// Options say how a server is started. The zero value is fine.
type Options struct {
	// Dir is a folder whose .venv may hold moto, besides the usual places.
	Dir string
	// Progress is told, in whole lines, of what takes long: that a Python
	// environment is being made. Nil means that nobody listens.
	Progress io.Writer
	// Moments is a file for what there is after each call that may cut
	// somebody off, a JSON object a line: python/moments.py. Empty means that
	// nothing is written.
	Moments string
}

// Server is a local AWS that answers. Only [Start] makes one.
type Server struct {
	// URL is where all services of all regions answer: http://127.0.0.1:PORT.
	URL string
	// Python is the interpreter that runs it. Beside it stands the aws
	// command, when Start installed them both.
	Python string

	dir  string
	cmd  *exec.Cmd
	life io.Closer
	done chan struct{} // Closed when the process has ended.
}

// Start starts a server and returns once it answers. It needs a Python with
// moto; see [Options]. When there is none it makes a virtual environment in
// the user's cache folder, which needs a package index.
func Start(ctx context.Context, options Options) (*Server, error) {
	python, err := findPython(ctx, options)
	if err != nil {
		return nil, fmt.Errorf("local AWS: %w", err)
	}
	dir, err := os.MkdirTemp("", "tfgen-aws-")
	if err != nil {
		return nil, fmt.Errorf("local AWS: %w", err)
	}
	server := &Server{Python: python, dir: dir, done: make(chan struct{})}
	if err := server.begin(ctx, options.Moments); err != nil {
		err = fmt.Errorf("local AWS: %w\n%s", err, server.Log())
		return nil, errors.Join(err, server.Stop())
	}
	return server, nil
}

// begin starts the process and waits for the line that names its port.
func (s *Server) begin(ctx context.Context, moments string) error {
	if err := os.CopyFS(s.dir, sources); err != nil {
		return err
	}
	log, err := os.Create(s.logFile())
	if err != nil {
		return err
	}
	defer log.Close()
	s.cmd = exec.Command(s.Python, "-B", filepath.Join(s.dir, "python", "main.py"), s.dir)
	if moments != "" {
		s.cmd.Args = append(s.cmd.Args, moments)
	}
	s.cmd.Dir = s.dir
	s.cmd.Env = serverEnviron(os.Environ())
	s.cmd.Stderr = log
	if s.life, err = s.cmd.StdinPipe(); err != nil {
		return err
	}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := s.cmd.Start(); err != nil {
		s.cmd = nil
		return err
	}
	return s.readPort(ctx, out)
}

func (s *Server) readPort(ctx context.Context, out io.Reader) error {
	first := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(out).ReadString('\n')
		first <- strings.TrimSpace(line)
		_ = s.cmd.Wait() // However it ended, it has ended.
		close(s.done)
	}()
	select {
	case port := <-first:
		if port == "" {
			return errors.New("the server ended before it answered")
		}
		s.URL = "http://127.0.0.1:" + port
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// Log returns what the server wrote about requests that it failed to answer, or was asked again.
// It is empty after [Server.Stop].
func (s *Server) Log() string {
	text, err := os.ReadFile(s.logFile())
	if err != nil {
		return ""
	}
	return string(text)
}

func (s *Server) logFile() string { return filepath.Join(s.dir, "server.log") }

// Stop ends the server and removes its files. To stop twice does nothing.
func (s *Server) Stop() error {
	if s.cmd != nil {
		s.life.Close() // The server leaves when its standard input ends.
		select {
		case <-s.done:
		case <-time.After(patience):
			_ = s.cmd.Process.Kill() // It fails only if the process has ended.
			<-s.done
		}
		s.cmd = nil
	}
	return Remove(s.dir)
}
