package rehearsal

import (
	"context"
	"slices"
)

// A step is one row of the rehearsal.
type step struct {
	name   string
	title  string   // what it does
	proves string   // what is known once it holds
	onAWS  string   // what it would have meant there if it does not hold
	needs  []string // steps that must run before it
	run    func(*world, context.Context) error
}

// steps are in the order in which they run.
func steps() []step {
	return slices.Concat(makingSteps(), deliveringSteps(), livingSteps(), endingSteps())
}

// makingSteps bring about what a spec describes.
func makingSteps() []step {
	return []step{
		{
			name: "generate", title: "Generate the code",
			proves: "the spec is sound, and becomes Terraform",
			onAWS:  "Nothing: no account would have been asked.",
			run:    (*world).generate,
		},
		{
			name: "before", title: "Apply the code of the revision before",
			proves: "there is something to upgrade",
			onAWS:  "This is the state of things before the upgrade, so that nothing could be said about it.",
			run:    (*world).before,
		},
		{
			name: "upgrade", title: "Upgrade to today's code", needs: []string{"generate", "before"},
			proves: "today's code takes over what the revision before made",
			onAWS:  "The upgrade would have stopped half way, with what was made until then.",
			run:    (*world).upgrade,
		},
		{
			name: "apply", title: "Apply to an empty account", needs: []string{"generate"},
			proves: "one command makes everything, with an empty registry",
			onAWS:  "The first apply would have stopped half way.",
			run:    (*world).apply,
		},
		{
			name: "plan", title: "Plan again", needs: []string{"apply"},
			proves: "a second plan is empty: what was made is what the code describes",
			onAWS:  "Every plan would show changes that nobody made, and no reviewer could tell them from real ones.",
			run:    (*world).planAll,
		},
	}
}

// deliveringSteps are a first run of the pipeline.
func deliveringSteps() []step {
	return []step{
		{
			name: "source", title: "Take the source", needs: []string{"apply"},
			proves: "the trigger may start the pipeline, and the pipeline may read the branch",
			onAWS:  "A commit would not have started a run, or the run would have failed in Source.",
			run:    (*world).source,
		},
		{
			name: "build", title: "Build", needs: []string{"source"},
			proves: "the buildspec works on the build role's own permissions",
			onAWS:  "The run would have failed in Build, and nothing would have been deployed.",
			run:    (*world).build,
		},
		{
			name: "deploy", title: "Deploy", needs: []string{"build"},
			proves: "the pipeline may roll the service over to the new image",
			onAWS:  "The run would have failed in Deploy; the service would have kept its image.",
			run:    (*world).deploy,
		},
		{
			name: "start", title: "Look what a task needs to start", needs: []string{"deploy"},
			proves: "the execution role may pull the image, read each secret and write the logs",
			onAWS:  "The tasks would have been stopped before they began (ResourceInitializationError), over and over.",
			run:    (*world).start,
		},
		{
			name: "settled", title: "Plan after the deployment", needs: []string{"deploy"},
			proves: "no plan undoes what the pipeline deployed",
			onAWS:  "The next apply would have rolled the service back to another image.",
			run:    (*world).settled,
		},
	}
}

// livingSteps are what comes after it: changes, further runs, a way back.
func livingSteps() []step {
	return []step{
		{
			name: "change", title: "Change the service", needs: []string{"deploy"},
			proves: "a change of the spec reaches the service, with the image that is deployed",
			onAWS:  "The change would not have reached the service, or would have brought an old image with it.",
			run:    (*world).change,
		},
		{
			name: "retry", title: "Build the same commit again", needs: []string{"deploy"},
			proves: "a retry succeeds although each tag is taken once",
			onAWS:  "The Retry button would have failed for this commit for ever.",
			run:    (*world).retry,
		},
		{
			name: "next", title: "Build and deploy the next commit", needs: []string{"deploy"},
			proves: "a second run gives a second image, beside the first",
			onAWS:  "The second commit would not have reached the service.",
			run:    (*world).next,
		},
		{
			name: "rollback", title: "Roll back, then apply", needs: []string{"next"},
			proves: "apply keeps the image that somebody went back to",
			onAWS:  "The next apply would have deployed the bad image again.",
			run:    (*world).rollback,
		},
	}
}

// endingSteps take everything away.
func endingSteps() []step {
	return []step{
		{
			name: "destroy", title: "Destroy", needs: []string{"apply"},
			proves: "one destroy removes everything, with images and artifacts in it",
			onAWS:  "The destroy would have stopped half way, and what is left would go on costing money.",
			run:    (*world).destroy,
		},
		{
			name: "nothing", title: "Look for what is left", needs: []string{"destroy"},
			proves: "nothing is left that the project made",
			onAWS:  "What is left would go on costing money, or be in the way of the next apply.",
			run:    (*world).nothing,
		},
	}
}

// StepNames lists the steps in the order in which they run.
func StepNames() []string {
	var names []string
	for _, s := range steps() {
		names = append(names, s.name)
	}
	return names
}

// Untold lists what a local AWS cannot tell.
func Untold() []string {
	return []string{
		"Whether tasks start and turn healthy: no container runs here.",
		"Whether an answer comes from what tasks call. They may reach HTTPS everywhere, all of their VPC, and what egress blocks name.",
		"Whether a commit's event fires: that the rule may start the pipeline was tried, the event was not sent.",
		"Whether the image can be built: docker is a stand-in that looks at names, logins and tags, not at the Dockerfile's commands.",
		"Whether instances join the cluster, certificates are valid and DNS resolves.",
		"What AWS refuses beyond permissions: quotas, names that are taken elsewhere, an SCP of the organization.",
	}
}
