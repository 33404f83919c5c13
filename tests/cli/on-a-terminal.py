"""Runs a program on a terminal of its own and talks to it.

argv[1]: JSON { "talk": [[heard, said], ...], "line": [program, argument, ...] }. Each `said` is typed once `heard` has come since the last one.
Prints JSON { "exitCode": number, "shown": text }.
"""
import json
import os
import pty
import select
import sys
import time

asked = json.loads(sys.argv[1])
talk = asked["talk"]
line = asked["line"]
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(line[0], line)
shown = b""
since = 0
deadline = time.time() + 50
while time.time() < deadline:
    ready, _, _ = select.select([terminal], [], [], 1)
    if not ready:
        continue
    try:
        piece = os.read(terminal, 65536)
    except OSError:
        break
    if not piece:
        break
    shown += piece
    while talk and talk[0][0].encode() in shown[since:]:
        heard, said = talk.pop(0)
        since = shown.index(heard.encode(), since) + len(heard.encode())
        os.write(terminal, said.encode())
else:
    os.kill(pid, 9)
_, status = os.waitpid(pid, 0)
print(json.dumps({"exitCode": os.waitstatus_to_exitcode(status), "shown": shown.decode("utf8", "replace")}))
