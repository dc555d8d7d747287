package spec

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// balancer checks a service's place behind its load balancer.
func (c *checker) balancer(s service) {
	n := s.node.child("load_balancer")
	switch {
	case !n.given && s.Port != 0 && s.node.sound("load_balancer"):
		c.add(unusedPort, s.node.at("port"), "Nothing sends requests to port %d: the service has no load_balancer block. Add one, or take the line out.", s.Port)
	case n.given && s.Port == 0 && s.node.sound("port"):
		c.add(missingPort, n.header, "The load balancer must know where to send requests. Set port in %s.", called(s.node))
	}
	if !n.given {
		return
	}
	c.follows(s, n, targetGroupRule(), "target_group", n.textOr("target_group", c.defaultName(TargetGroup, s.Service)))
	c.routing(n)
	c.healthCheck(n)
	for _, cidr := range n.texts("allow") {
		c.cidr(n, "allow", cidr)
	}
	c.certificate(n)
	c.listener(n)
}

// routing checks which requests come to the service (ELB CreateRule).
func (c *checker) routing(n *node) {
	for _, host := range n.texts("host") {
		if !hostShaped(host) {
			c.add(badHost, n.item("host", host), "%s is not a host. Write the name alone, such as www.example.com or *.example.com, without scheme, port and path.", quoteShort(host))
		}
	}
	for _, path := range n.texts("path") {
		c.pattern(n, path)
	}
}

// pattern checks a path of a rule.
func (c *checker) pattern(n *node, path string) {
	switch at := n.item("path", path); {
	case !strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "*"):
		c.add(badPattern, at, "A path begins with a slash: %q.", "/"+path)
	case len(path) > pathMost:
		c.add(badPattern, at, "The path has %d characters, and a rule takes %d.", len(path), pathMost)
	case strings.IndexFunc(path, func(r rune) bool {
		return !isLetter(r) && !isDigit(r) && !strings.ContainsRune(`_-.$/~"'@:+&()!,;=*?`, r)
	}) >= 0:
		c.add(badPattern, at, "%s has a character that a rule does not take. It takes letters, digits, _ - . $ / ~ \" ' @ : + & ( ) ! , ; = and the wildcards * and ?.", quoteShort(path))
	}
}

func hostShaped(host string) bool {
	return len(host) <= 128 && !strings.HasPrefix(host, ".") && !strings.HasSuffix(host, ".") && !strings.Contains(host, "..") &&
		strings.IndexFunc(host, func(r rune) bool { return !isLetter(r) && !isDigit(r) && !strings.ContainsRune("-.*?", r) }) < 0
}

// healthCheck checks how a task's health is asked for (ELB CreateTargetGroup).
func (c *checker) healthCheck(n *node) {
	check := n.child("health_check")
	if n.has("health_check") && check.given {
		c.add(saidTwice, check.header, "health_check is set to a path on %s already. Put the path into the block.", line(n.at("health_check")))
		return
	}
	c.healthPath(n, "health_check")
	c.healthPath(check, "path")
	if matcher := check.text("matcher"); check.has("matcher") && !matcherShaped(matcher) {
		c.add(badHealthCheck, check.at("matcher"), "%s is no set of HTTP codes. Write codes from 200 to 499: 200, 200,204 or 200-299.", quoteShort(matcher))
	}
	if check.sound("interval", "timeout") && check.number("timeout") >= check.number("interval") {
		argument := "timeout"
		if !check.has(argument) {
			argument = "interval"
		}
		c.add(badHealthCheck, check.at(argument), "The timeout of %d seconds must be less than the interval, which is %d.", check.number("timeout"), check.number("interval"))
	}
}

func (c *checker) healthPath(n *node, argument string) {
	path := n.text(argument)
	if n.has(argument) && (!strings.HasPrefix(path, "/") || utf8.RuneCountInString(path) > 1024 || strings.ContainsAny(path, " \t\r\n")) {
		c.add(badHealthCheck, n.at(argument), "%s is not the path of a request. It begins with a slash and has no spaces.", quoteShort(path))
	}
}

// matcherShaped reports whether a text is a list of codes and ranges of codes.
func matcherShaped(matcher string) bool {
	for part := range strings.SplitSeq(matcher, ",") {
		low, high, isRange := strings.Cut(part, "-")
		if !isRange {
			high = low
		}
		from, err := strconv.Atoi(low)
		to, err2 := strconv.Atoi(high)
		if err != nil || err2 != nil || from < 200 || to > 499 || to < from {
			return false
		}
	}
	return true
}

func (c *checker) certificate(n *node) {
	a, ok := c.arn(n, "certificate", "arn:aws:acm:REGION:ACCOUNT:certificate/ID", func(a arn) bool {
		inACM := a.service == "acm" && a.regional() && strings.HasPrefix(a.resource, "certificate/")
		inIAM := a.service == "iam" && a.owned() && strings.HasPrefix(a.resource, "server-certificate/")
		return inACM || inIAM
	})
	if ok && a.service == "acm" {
		c.sameRegion(n, "certificate", a)
	}
}

// sameRegion wants a resource where the load balancer is.
func (c *checker) sameRegion(n *node, argument string, a arn) {
	project := c.root.child("project")
	if region := c.Project.Region; project.has("region") && regionShaped(region) && a.region != region {
		c.add(otherRegion, n.at(argument), "This is in %s, and the load balancer in %s: it can only use what is in its own region.", a.region, region)
	}
}

// listener checks a listener that exists, and that nothing is said of it.
func (c *checker) listener(n *node) {
	if !n.has("existing") {
		return
	}
	a, ok := c.arn(n, "existing", "arn:aws:elasticloadbalancing:REGION:ACCOUNT:listener/app/NAME/ID/ID", func(a arn) bool {
		return a.service == "elasticloadbalancing" && a.regional() && strings.HasPrefix(a.resource, "listener/app/")
	})
	if ok {
		c.sameRegion(n, "existing", a)
	}
	for _, name := range []string{"name", "listener_port", "certificate", "allow", "internal"} {
		if n.has(name) {
			c.add(existingListener, n.at(name), "The listener exists, and whoever made it decides on its %s. Take the line out.", strings.ReplaceAll(name, "_", " "))
		}
	}
}

// balancers checks what services that share a load balancer must agree on.
func (c *checker) balancers() {
	shared := c.shared()
	for i, name := range keys(shared) {
		blocks := shared[name]
		c.balancerName(name, blocks)
		for _, argument := range []string{"listener_port", "allow", "internal"} {
			c.agree(name, blocks, argument)
		}
		if b := c.LoadBalancers[i]; b.ListenerPort == 443 && len(b.Certificates) == 0 && setter(blocks, "certificate").sound("certificate") {
			c.add(plainHTTPS, setter(blocks, "listener_port").at("listener_port"), "Port 443 without a certificate speaks plain HTTP, which browsers do not expect there. Set certificate, or listen on 80.")
		}
	}
	c.rules()
}

func (c *checker) balancerName(name string, blocks []*node) {
	n := setter(blocks, "name")
	fix := ""
	if !n.has("name") {
		fix = " It is the cluster's name. Set name in the load_balancer block."
	}
	if clusterRule().broken(name) == "" || n.has("name") {
		c.rule(balancerRule(), n.at("name"), name, fix)
	}
}

// agree reports blocks that set an argument of their load balancer differently.
func (c *checker) agree(name string, blocks []*node, argument string) {
	first := setter(blocks, argument)
	for _, n := range blocks {
		if n.has(argument) && fmt.Sprint(n.values[argument].data) != fmt.Sprint(first.values[argument].data) {
			c.add(sharedDiffers, n.at(argument), "The load balancer %q is shared, and %s says another %s of it. Say it once, or give the services load balancers of their own.", name, line(first.at(argument)), argument)
		}
	}
}

// rulesMost is how many rules a load balancer takes, unless AWS raises the
// quota (Elastic Load Balancing, "Quotas for your Application Load Balancers").
const rulesMost = 100

// Limits of one rule, which AWS does not raise (the same page): a pattern for
// any path counts too.
const (
	valuesMost    = 5
	wildcardsMost = 6
)

// rules reports services that want the same requests, rules that ask for too
// much, and more rules than a load balancer takes.
func (c *checker) rules() {
	first := map[place]service{}
	count := map[string]int{}
	for _, s := range c.services {
		a := s.LoadBalancer
		if a == nil {
			continue
		}
		n := s.node.child("load_balancer")
		c.conditions(n, a)
		if c.samePlace(s, n, first) {
			continue
		}
		count[a.listener()]++
		if count[a.listener()] == rulesMost+1 {
			c.add(manyRules, n.header, "This is service %d behind one load balancer, and AWS allows %d rules unless you have the quota raised. Give some services a load balancer of another name.", rulesMost+1, rulesMost)
		}
	}
}

// conditions checks what the rule of a service compares.
func (c *checker) conditions(n *node, a *Attachment) {
	values := slices.Concat(a.Hosts, a.Patterns())
	added := ""
	switch {
	case len(a.Paths) == 0:
		added = ", with /* for any path"
	case len(a.Bare) > 0:
		added = fmt.Sprintf(", with %s, which a path ending in /* brings along", strings.Join(a.Bare, " and "))
	}
	at := n.at("path")
	if !n.has("path") {
		at = n.at("host")
	}
	wildcards := strings.Count(strings.Join(values, ""), "*") + strings.Count(strings.Join(values, ""), "?")
	switch {
	case len(values) > valuesMost:
		c.add(longRule, at, "The rule has %d hosts and paths in all%s, and AWS allows %d. Take some out, or use a wildcard: /api* is /api and all that begins with it.", len(values), added, valuesMost)
	case wildcards > wildcardsMost:
		c.add(longRule, at, "The rule has %d wildcards in all, and AWS allows %d. Take some out.", wildcards, wildcardsMost)
	}
}

// place is what two rules of a listener cannot both have.
type place struct{ listener, host, path string }

// samePlace reports a service that comes second for requests, and whether it did.
func (c *checker) samePlace(s service, n *node, first map[place]service) bool {
	a := s.LoadBalancer
	for _, host := range a.hosts() {
		for _, path := range a.paths() {
			p := place{a.listener(), host, path}
			if other, taken := first[p]; taken && n.sound("host", "path") {
				c.add(sameRule, n.header, "%s on %s takes the same requests from this load balancer: %s. Tell the two apart with host or path, or give them load balancers of their own.",
					called(other.node), line(other.node.header), p.requests())
				return true
			}
			first[p] = s
		}
	}
	return false
}

// requests describes which requests a place is.
func (p place) requests() string {
	host, path := "every host", "every path"
	if p.host != "" {
		host = "host " + p.host
	}
	if p.path != "" {
		path = "path " + p.path
	}
	return host + ", " + path
}
