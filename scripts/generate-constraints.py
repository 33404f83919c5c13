#!/usr/bin/env python3
"""Writes sandbox/wire/constraints.generated.json: what the service models say about input values and the SDK's runtime schemas leave out.

Source: the service-2.json models of botocore (Apache-2.0, https://github.com/boto/botocore). Only facts are taken: which members are
required, and their lengths, ranges, patterns and enumerations. Run: python3 scripts/generate-constraints.py (needs botocore).
"""
import gzip
import json
import os
import pathlib

import botocore

MODELS = {'iam': '2010-05-08', 'sts': '2011-06-15', 'ecr': '2015-09-21'}


def load(service, version):
    path = pathlib.Path(botocore.__file__).parent / 'data' / service / version / 'service-2.json'
    if path.exists():
        return json.loads(path.read_text())
    return json.loads(gzip.open(f'{path}.gz').read())


def facts(shape):
    return {key: shape[key] for key in ('min', 'max', 'pattern', 'enum') if key in shape}


def members_of(shapes, structure):
    rows = {}
    for name, member in structure['members'].items():
        shape = shapes[member['shape']]
        row = {'required': True} if name in structure.get('required', []) else {}
        row |= facts(shape)
        if shape['type'] == 'list' and (each := facts(shapes[shape['member']['shape']])):
            row['each'] = each
        if row:
            rows[name] = row
    return rows


def reachable(shapes, name, seen):
    if name in seen:
        return
    seen.add(name)
    shape = shapes[name]
    children = [m['shape'] for m in shape.get('members', {}).values()]
    children += [shape[k]['shape'] for k in ('member', 'key', 'value') if k in shape]
    for child in children:
        reachable(shapes, child, seen)


def main():
    services = {}
    for service, version in MODELS.items():
        model = load(service, version)
        shapes, seen = model['shapes'], set()
        for operation in model['operations'].values():
            if 'input' in operation:
                reachable(shapes, operation['input']['shape'], seen)
        structures = {name: members_of(shapes, shapes[name]) for name in sorted(seen) if shapes[name]['type'] == 'structure'}
        services[service] = {name: rows for name, rows in structures.items() if rows}
    out = {'source': f'botocore {botocore.__version__} (Apache-2.0)', **services}
    target = pathlib.Path(__file__).parent.parent / 'sandbox' / 'wire' / 'constraints.generated.json'
    lines = json.dumps(out, separators=(',', ':'), ensure_ascii=True).replace('},"', '},\n"')
    target.write_text(lines + os.linesep)


main()
