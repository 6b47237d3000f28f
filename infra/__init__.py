"""The bank's infrastructure: the zip, the CDK app, and the local cloud that runs the same templates."""

import os

os.environ["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"] = "18,20"  # read when the CDK is first imported
