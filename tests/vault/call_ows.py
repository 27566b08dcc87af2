# Calls the reference's own vault library: call_ows.py FUNCTION JSON-ARRAY-OF-ARGUMENTS, the answer as JSON.
# SPDX-License-Identifier: Apache-2.0
import json
import sys

import ows

print(json.dumps(getattr(ows, sys.argv[1])(*json.loads(sys.argv[2]))))
