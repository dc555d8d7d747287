package rehearsal

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// pretends are the variables of a build whose values were made up.
func pretends(env map[string]string) []string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(env)) {
		if strings.Contains(env[name], pretended) {
			names = append(names, name)
		}
	}
	return names
}

// restsOn is the variable with a made-up value that the command at i mentions,
// or that stands behind one it mentions; "" for none. Of a command that says the
// value itself, nobody knows which one it was.
func (r *run) restsOn(i int) string {
	origin := map[string]string{}
	for _, name := range r.pretends {
		origin[name] = name
	}
	for at, c := range r.played[:i+1] {
		from := mentioned(c.Text, origin)
		if at == i {
			return from
		}
		if from == "" {
			continue
		}
		for _, assigned := range regexp.MustCompile(`(?:^|[\s;&|(])([A-Za-z_]\w*)=`).FindAllStringSubmatch(c.Text, -1) {
			origin[assigned[1]] = from
		}
	}
	return ""
}

// mentioned is what stands behind a variable that a text expands, or "".
func mentioned(text string, origin map[string]string) string {
	for _, name := range regexp.MustCompile(`\$\{?#?([A-Za-z_]\w*)`).FindAllStringSubmatch(text, -1) {
		if from := origin[name[1]]; from != "" {
			return from
		}
	}
	return ""
}

// restsOnPretence is the failure of a command that rests on a made-up value.
func restsOnPretence(f *finding, name string) *finding {
	f.onAWS = nobodyKnows("the value of " + name + " is made up")
	f.advice = "Where the value is no secret, such as the address of a registry, write it into the buildspec or into build { environment }: then it is played."
	return f
}
