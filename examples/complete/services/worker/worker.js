// Writes once a minute how much waits in each queue of the shop's region. The
// task role lets it.
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { setTimeout } from "node:timers/promises";

const sqs = new SQSClient({ region: "eu-west-1" });

// ECS asks a task to end before it ends it.
process.on("SIGTERM", () => process.exit(0));

for (;;) {
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  for (const QueueUrl of QueueUrls) {
    const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] });
    const { Attributes } = await sqs.send(command);
    console.log(`${QueueUrl}: ${Attributes.ApproximateNumberOfMessages} waiting`);
  }
  await setTimeout(60_000);
}
