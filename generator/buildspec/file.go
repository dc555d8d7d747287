package buildspec

// A File is a buildspec as CodeBuild reads it, with the place of each part.
type File struct {
	Version   Scalar
	Env       Env
	Phases    []Phase // in the order in which they run
	Artifacts Artifacts
	Runtimes  []Variable // of install.runtime-versions
	Reports   []Scalar   // names of report groups, or their ARNs
	Cache     []Scalar   // paths
	Unplayed  []string   // keys that change a build, and that its commands alone do not show: "runtime-versions"

	lost bool // a part could not be read, so that what is missing may stand there
}

// A Scalar is a single value.
type Scalar struct {
	Value string
	Place
}

// Env is where the variables of a build come from. What the project or the
// pipeline sets under the same name is stronger.
type Env struct {
	Shell             Scalar // "" for the image's sh
	Variables         []Variable
	ParameterStore    []Variable // Value is the name of the parameter
	SecretsManager    []SecretVariable
	ExportedVariables []Scalar
	GitHelper         Scalar // "yes": git logs in to CodeCommit as the build's role
}

// A Variable has a name and a value.
type Variable struct {
	Name  string
	Value string
	Place // of the name
}

// A SecretVariable is a variable whose value is a secret.
type SecretVariable struct {
	Variable string // its name
	Secret
	Stage   string // "" for AWSCURRENT
	Version string // id, "" for the stage's
	Place          // of the variable's name
}

// A Secret names a secret of Secrets Manager, or one key of its JSON.
type Secret struct {
	Name string // "" if ARN is given
	ARN  string // without key, stage and version
	Key  string // "" for the whole secret
}

// A Phase is a list of commands.
type Phase struct {
	Name      string // "install", "pre_build", "build" or "post_build"
	OnFailure Scalar // "ABORT", "CONTINUE", …, or "" for CodeBuild's usual way
	Commands  []Command
	Finally   []Command // run after Commands, even when one of those failed
	Place
}

// A Command is what CodeBuild gives to the shell at once: a line, or a block of
// lines of which only the last one's exit code counts.
type Command struct {
	Text  string
	Place // of the first character of Text
	// follows tells that Text stands in the file as it is, but for indentation
	// that all its lines share, so that a place in one is a place in the other.
	follows bool
}

// at translates a place in the text of a command into one of the file.
func (c Command) at(line, column uint) Place {
	if !c.follows {
		return c.Place
	}
	return Place{c.Line + max(int(line), 1) - 1, c.Column + max(int(column), 1) - 1}
}

// Artifacts is what a build hands over.
type Artifacts struct {
	Declared      bool
	Name          string   // of a secondary one
	Files         []Scalar // patterns, relative to BaseDirectory
	BaseDirectory Scalar
	DiscardPaths  bool
	Secondary     []Artifacts
	Place
}
