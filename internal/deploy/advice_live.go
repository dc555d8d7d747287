package deploy

import (
	"fmt"
	"regexp"
	"strings"
)

// adviceOnLive is about a plan that asks a service for its image in vain: the
// data sources are called "live", and their keys are the parameter that says
// that there is a service, /ecs/CLUSTER/SERVICE/live/service.
func adviceOnLive(f *Failure) string {
	asked := regexp.MustCompile(`\.data\.(aws_ecs_service|aws_ecs_container_definition)\.live\["(/ecs/([^"/]+)/([^"/]+)/live/service)"\]$`)
	for _, d := range f.Diagnostics {
		found := asked.FindStringSubmatch(d.Address)
		switch {
		case found == nil || !d.IsError() || !strings.Contains(d.Summary+d.Detail, "no matching"):
		case found[1] == "aws_ecs_service":
			return fmt.Sprintf("the service %s is gone from the cluster %s, and the parameter that says that it is there is not. Remove that, and plan again: the service is then made anew, with its first image.\n  aws ssm delete-parameter --region %s --name %s",
				found[4], found[3], f.Root.Region, found[2])
		default:
			return fmt.Sprintf("the service %s runs no container of the service's label: the label was changed, and the name was kept. Write the label as it was, or give the service another name too: that makes a service of its own, and the old one goes.", found[4])
		}
	}
	return ""
}
