"""What every tier of tests stands on: the feature marks, and an environment from which no real cloud can be reached."""

import os

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.plugins.features"]

os.environ.update(
    AWS_ACCESS_KEY_ID="testing",
    AWS_SECRET_ACCESS_KEY="testing",
    AWS_SESSION_TOKEN="testing",
    AWS_DEFAULT_REGION="us-east-1",
    AWS_EC2_METADATA_DISABLED="true",
    POWERTOOLS_TRACE_DISABLED="true",
    POWERTOOLS_METRICS_DISABLED="true",
)
for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL"):
    os.environ.pop(name, None)

# A rule that holds does not depend on how busy the machine is. Where nobody watches (CI is set) a failure must come
# back on the next run, so examples are the same in each; elsewhere every run draws new ones and prints what fails.
BUSY = (HealthCheck.too_slow,)
settings.register_profile("same", deadline=None, derandomize=True, suppress_health_check=BUSY)
settings.register_profile("new", deadline=None, print_blob=True, suppress_health_check=BUSY)
settings.register_profile("explore", deadline=None, max_examples=2000, suppress_health_check=BUSY)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("same" if os.environ.get("CI") else "new"))
