package spec

func explainBuildspecs() []Explanation {
	return append(explainReading(), explainBuilding()...)
}

// explainReading is of buildspecs that CodeBuild would not read as meant.
func explainReading() []Explanation {
	return []Explanation{
		{specNotText, Error, "Buildspec is not a text", "CodeBuild reads YAML in UTF-8.", "Save it as UTF-8.", "version: 0.2"},
		{specYAML, Error, "Buildspec is not YAML", "CodeBuild fails with YAML_FILE_ERROR before the first command.", "Indent with spaces, and quote a command that has a colon and a space.", `- 'echo "done: all"'`},
		{specWrongType, Error, "Buildspec has another type there", "CodeBuild expects a list, a mapping or a text at this place.", "Write it as the message shows.", "commands:\n  - docker build ."},
		{specUnknownKey, Error, "Unknown key in the buildspec", "CodeBuild ignores it or fails, and what stands below it never runs.", "Check the spelling.", "phases:\n  pre_build:"},
		{specDuplicateKey, Error, "Key is there twice in the buildspec", "The second hides the first.", "Put both into one.", "env:\n  variables:\n    A: a"},
		{specVersion, Error, "Buildspec of the wrong version", "In version 0.1, which CodeBuild still reads, each command has a shell of its own; other versions do not exist.", "Write 0.2.", "version: 0.2"},
		{specShell, Error, "Unknown shell in the buildspec", "CodeBuild knows bash and /bin/sh on Linux.", "Choose one of the two.", "env:\n  shell: bash"},
		{specOnFailure, Error, "Unknown on-failure in the buildspec", "CodeBuild refuses the value.", "Write ABORT or CONTINUE.", "on-failure: ABORT"},
	}
}

// explainBuilding is of buildspecs that do not do what the service needs.
func explainBuilding() []Explanation {
	return []Explanation{
		{specShellSyntax, Error, "Command that no shell can read", "The command fails when the build comes to it.", "Close quotes and brackets.", `- echo "done"`},
		{specContainerName, Error, "Buildspec names another container", "The deploy action looks for a container of that name in the task definition, and fails.", "Use the service's label.", `- printf '[{"name":"web","imageUri":"%s"}]' "${IMAGE_URI}" > imagedefinitions.json`},
		{specDefinitions, Error, "Nothing writes imagedefinitions.json", "The deploy stage reads it to know which image to start.", "Write it after the push.", `- printf '[{"name":"web","imageUri":"%s"}]' "${IMAGE_URI}" > imagedefinitions.json`},
		{specArtifact, Error, "Deploy stage does not get its file", "Only what artifacts.files names is handed to the next stage.", "Add it.", "artifacts:\n  files:\n    - imagedefinitions.json"},
		{specOtherImage, Warning, "Deployed image is not the pushed one", "The service would look for an image that nobody pushed.", "Use one variable for both.", `- docker push "${IMAGE_URI}"`},
		{specImmutableTag, Error, "Fixed tag in an immutable repository", "The second build's push is refused.", "Tag by commit.", `- IMAGE_URI="${REPOSITORY}:$(echo "${CODEBUILD_RESOLVED_SOURCE_VERSION}" | cut -c1-8)"`},
		{specImmutableRetry, Warning, "A retry pushes a tag again", "An immutable repository refuses the second push of a commit, so the build cannot be retried.", "Look first whether the image is there.", `- aws ecr describe-images --repository-name web --image-ids imageTag="${TAG}" || docker push "${IMAGE_URI}"`},
		{specMovingTag, Warning, "Fixed tag where the service wants the commit's", "Revisions that share a tag cannot be told apart, and a rollback starts the faulty image.", "Tag by commit.", `- TAG="$(echo "${CODEBUILD_RESOLVED_SOURCE_VERSION}" | cut -c1-8)"`},
		{specBashFeature, Error, "bash under sh", "On Ubuntu images sh is dash, which knows neither ${VAR:0:8} nor [[ ]].", "Ask for bash, or write plain sh.", "env:\n  shell: bash"},
		{specNoLogin, Error, "Push without a login", "The registry refuses it.", "Log in before.", `- aws ecr get-login-password | docker login -u AWS --password-stdin "${REGISTRY}"`},
		{specLoginCommand, Error, "Login cannot work", "It fails, or shows the password in the log.", "Give the password on standard input.", `- echo "${DOCKERHUB_TOKEN}" | docker login -u "${DOCKERHUB_USER}" --password-stdin`},
		{specOtherRepository, Warning, "Push to another repository", "The service's images come from its own repository, and the build's role reaches no other.", "Push to the service's.", `- docker push "${REGISTRY}/web:${TAG}"`},
		{specNoPush, Error, "Nothing is pushed", "The service would have no image to start.", "Push what is built.", `- docker push "${IMAGE_URI}"`},
		{specPushAfterFail, Warning, "post_build runs after a failure too", "CodeBuild runs post_build even when build failed, and would deliver what is not there.", "Test CODEBUILD_BUILD_SUCCEEDING first.", `- test "${CODEBUILD_BUILD_SUCCEEDING}" = 1`},
		{specUnsetVariable, Warning, "Variable that nobody sets", "It is empty when the build comes to it.", "Set it in the spec's build or in env.variables.", `environment = { ECR_REPO_NAME = "web" }`},
		{specShadowed, Warning, "Buildspec's variable is shadowed", "The project and the pipeline are stronger than the buildspec.", "Set it in one place.", "tfgen explain environment"},
		{specCredential, Error, "Credential in the buildspec", "The buildspec is in the repository, and the log shows its variables.", "Keep the value in Parameter Store or Secrets Manager.", "env:\n  parameter-store:\n    DOCKERHUB_TOKEN: /dockerhub/token"},
		{specNotPrivileged, Error, "Buildspec runs Docker without privileges", "Docker starts only in a privileged build.", "Leave build.privileged out of the spec.", "privileged = true"},
		{specKeepUnmarked, Warning, "Buildspec does not mark the image that runs", "With image.keep old images go from the repository, and one that still runs may be among them: a task that starts then finds none.", "Mark it before the push, as a generated buildspec does, or leave keep out.", `- aws ecr put-image --repository-name web --image-tag "live-${TAG}" --image-manifest "${MANIFEST}"`},
		{specNotAllowed, Warning, "Build's role may not do this", "The role may do what the spec and the buildspec show, on the resources that they name. What this command needs does not follow from them, so AWS refuses it.", "Name the resource in the command, or allow the action in a policy of the build.", "build {\n  policy = \"policies/build.json\"\n}"},
		{specDeploysTwice, Warning, "Build deploys, and so does the pipeline", "The pipeline's deploy stage updates the service after the build, so each commit would roll the tasks twice.", "Leave it to the pipeline.", "pipeline {\n  deploy = false\n}"},
		{specNameVariable, Warning, "Parameter or secret named by a variable", "No permission follows from such a name, and AWS does not say that CodeBuild fills the variable in.", "Write the name out.", "env:\n  parameter-store:\n    HUB_USER: /shop/prod/hub"},
		{specOtherPlace, Warning, "Push to another region or account", "The service's repository, and the permission to push to it, are where the project is.", "Name the registry by the build's own variables.", `REGISTRY="${AWS_ACCOUNT_ID}.dkr.ecr.${AWS_REGION}.amazonaws.com"`},
		{specAccountUnsaid, Warning, "Only the buildspec knows the account", "In any other account the push is refused, and nothing keeps a plan from being made for one.", "Say it in the spec, or leave it to the build.", "project \"shop\" {\n  account = \"555555555555\"\n}"},
		{specUnknownRuntime, Error, "Build image lacks a runtime", "CodeBuild stops with YAML_FILE_ERROR, unknown runtime, before the first command.", "Remove it, or choose one that the image has.", "runtime-versions:\n  nodejs: 22"},
		{specOldRuntime, Warning, "Build image lacks a version", "AWS's images install it in each build, which takes time and works as long as its installer still has it.", "Choose one that the image comes with.", "runtime-versions:\n  nodejs: 22"},
	}
}
