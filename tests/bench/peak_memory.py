# Runs a program and prints the most memory it used at once, in KiB.
# SPDX-License-Identifier: Apache-2.0
import resource
import subprocess
import sys

code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
