package spec

import (
	"cmp"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A dockerfile is what a Dockerfile says of the image that its last stage makes.
// https://docs.docker.com/reference/dockerfile/
type dockerfile struct {
	exposed []exposed
	unknown bool // an EXPOSE holds a build argument
}

// exposed is a range of ports that an EXPOSE names, over TCP.
type exposed struct {
	from, to int
	line     int
}

// exposes tells whether a port is among those that an image exposes.
func (d dockerfile) exposes(port int) bool {
	return slices.ContainsFunc(d.exposed, func(e exposed) bool { return e.from <= port && port <= e.to })
}

// readDockerfile follows the last stage, and the stages that it is made from.
func readDockerfile(src []byte) dockerfile {
	stages := map[string]dockerfile{}
	var current dockerfile
	var name string
	for _, i := range instructions(string(src)) {
		switch strings.ToUpper(i.words[0]) {
		case "FROM":
			image, stage := i.from()
			current, name = stages[strings.ToLower(image)], strings.ToLower(stage)
		case "EXPOSE":
			current = current.expose(i)
		}
		stages[name] = current
	}
	return current
}

// from is the image that a FROM names, and the name that it gives its stage, or "".
func (i instruction) from() (image, stage string) {
	words := slices.DeleteFunc(slices.Clone(i.words[1:]), func(word string) bool { return strings.HasPrefix(word, "--") })
	if len(words) == 3 && strings.EqualFold(words[1], "AS") {
		stage = words[2]
	}
	return strings.Join(words[:min(len(words), 1)], ""), stage
}

// sources are the images or stages that a COPY, an ADD or a RUN takes files
// from. Docker fills no build argument in there.
func (i instruction) sources() (all []string) {
	for _, word := range i.words[1:] {
		option, value, _ := strings.Cut(word, "=")
		switch option {
		case "--from":
			all = append(all, value)
		case "--mount":
			for part := range strings.SplitSeq(value, ",") {
				if from, found := strings.CutPrefix(part, "from="); found {
					all = append(all, from)
				}
			}
		}
	}
	return all
}

// base is an image that a stage begins with, or takes files from.
type base struct {
	image    string
	argument bool // a build argument's default is in its name
	line     int
}

// readBases finds the images that the stages begin with or take files from, and
// that are not stages themselves, by name or by number. One that no default makes
// whole is left out.
func readBases(src []byte) []base {
	stages, defaults := map[string]bool{"scratch": true}, map[string]string{}
	var out []base
	count := 0
	for _, i := range instructions(string(src)) {
		switch strings.ToUpper(i.words[0]) {
		case "ARG":
			for _, word := range i.words[1:] {
				name, value, _ := strings.Cut(word, "=")
				defaults[name] = strings.Trim(value, `"'`)
			}
		case "FROM":
			written, stage := i.from()
			image, whole := expanded(written, defaults)
			if whole && !stages[strings.ToLower(image)] {
				out = append(out, base{image, image != written, i.line})
			}
			stages[strings.ToLower(stage)], stages[strconv.Itoa(count)] = true, true
			count++
		case "COPY", "ADD", "RUN":
			for _, image := range i.sources() {
				if !stages[strings.ToLower(image)] {
					out = append(out, base{image: image, line: i.line})
				}
			}
		}
	}
	return out
}

// expanded fills build arguments in, and tells whether each has a default.
func expanded(image string, defaults map[string]string) (text string, whole bool) {
	whole = true
	text = os.Expand(image, func(name string) string {
		name, value, _ := strings.Cut(name, ":-")
		value = cmp.Or(defaults[name], value)
		whole = whole && value != ""
		return value
	})
	return text, whole
}

// expose adds the ports of an EXPOSE.
func (d dockerfile) expose(i instruction) dockerfile {
	d.exposed = slices.Clone(d.exposed)
	for _, word := range i.words[1:] {
		ports, protocol, _ := strings.Cut(word, "/")
		first, last, isRange := strings.Cut(ports, "-")
		if !isRange {
			last = first
		}
		from, err := strconv.Atoi(first)
		to, errTo := strconv.Atoi(last)
		switch {
		case strings.Contains(word, "$"):
			d.unknown = true
		case err == nil && errTo == nil && !strings.EqualFold(protocol, "udp"):
			d.exposed = append(d.exposed, exposed{from, to, i.line})
		}
	}
	return d
}

// instruction is a line of a Dockerfile, with those that continue it.
type instruction struct {
	words []string // at least one
	line  int      // the first
}

// instructions takes a Dockerfile apart. Comments and here-documents are left out.
func instructions(src string) []instruction {
	var out []instruction
	var current instruction
	end := "" // of a here-document
	for number, line := range strings.Split(src, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case end != "":
			if line == end {
				end = ""
			}
			continue
		case line == "" || line[0] == '#':
			continue
		case len(current.words) == 0:
			current.line = number + 1
		}
		text, continues := strings.CutSuffix(line, `\`)
		current.words = append(current.words, strings.Fields(text)...)
		if here := regexp.MustCompile(`<<-?["']?([A-Za-z_]\w*)["']?`).FindStringSubmatch(text); here != nil {
			end = here[1]
		}
		if !continues && len(current.words) > 0 {
			out, current = append(out, current), instruction{}
		}
	}
	return out
}
