//go:build linux

package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
)

// A proxy stands between Terraform and the local AWS. It counts calls from the
// first that makes something, and holds the one at which an apply is cut off.
type proxy struct {
	*httptest.Server
	mutex  sync.Mutex
	begun  bool
	seen   int
	at     int
	after  bool
	name   string // of the call that was held
	moment chan struct{}
	open   chan struct{}
}

func newProxy(aws string) *proxy {
	target, _ := url.Parse(aws) // which localaws has made
	p := &proxy{moment: make(chan struct{}), open: make(chan struct{})}
	next := httputil.NewSingleHostReverseProxy(target)
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		held := p.count(callOf(r))
		if held && p.after {
			next.ServeHTTP(httptest.NewRecorder(), r)
		}
		if held {
			close(p.moment)
			<-p.open
			panic(http.ErrAbortHandler) // nobody hears of it
		}
		next.ServeHTTP(w, r)
	}))
	return p
}

// cutAt says which call is held. The channel is closed once it is there.
func (p *proxy) cutAt(call int, after bool) <-chan struct{} {
	p.at, p.after = call, after
	return p.moment
}

// goOn lets the held call go.
func (p *proxy) goOn() { close(p.open) }

// count counts a call and reports whether it is the one that is held.
func (p *proxy) count(call string) bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.begun = p.begun || makes(call)
	if !p.begun {
		return false
	}
	p.seen++
	if p.seen != p.at {
		return false
	}
	p.name = call
	return true
}

// said names the call that was held, behind its number.
func (p *proxy) said() string {
	if p == nil || p.name == "" {
		return ""
	}
	return " (" + p.name + ")"
}

// makes reports whether a call makes something, by its name.
func makes(call string) bool {
	for _, verb := range []string{"Create", "Put", "Register", "Run", "PUT "} {
		if strings.HasPrefix(call, verb) {
			return true
		}
	}
	return false
}

// callOf is the name of a call: where its service speaks JSON, in a header; where
// it takes a form, in that; else method and path.
func callOf(r *http.Request) string {
	if target := r.Header.Get("X-Amz-Target"); target != "" {
		return target[strings.LastIndex(target, ".")+1:]
	}
	if r.Method == http.MethodPost {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		if form, err := url.ParseQuery(string(body)); err == nil && form.Get("Action") != "" {
			return form.Get("Action")
		}
	}
	return r.Method + " " + r.URL.Path
}
