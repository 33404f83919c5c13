"""Runs aws commands with the installed aws CLI's own code, one process for all: starting it anew for each takes longer than the call.

A request is the argument list, each word ended by NUL, written to the named pipe `request`; the answer is the exit status, in the pipe `reply`, with
what was printed in the files `out` and `err`.
"""
import contextlib
import functools
import io
import os
import sys

import awscli.clidriver
import botocore.session

# The services' models are read once, not once for each command.
botocore.session.create_loader = functools.lru_cache(botocore.session.create_loader)


def run(args):
    out, err = (io.TextIOWrapper(io.BytesIO(), 'utf-8', newline='') for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = awscli.clidriver.create_clidriver().main(args)
        except SystemExit as left:
            code = left.code or 0
    for stream, name in ((out, 'out'), (err, 'err')):
        stream.flush()
        with open(name, 'wb') as file:
            file.write(stream.buffer.getvalue())
    return code


os.chdir(sys.argv[1])
while True:
    with open('request', 'rb') as pipe:
        words = pipe.read().decode().split('\0')[:-1]
    if not words:
        break
    code = run(words)
    with open('reply', 'w') as pipe:
        pipe.write(f'{code}\n')
