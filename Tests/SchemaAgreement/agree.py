"""Says where the JSON Schemas of flows/ and the parser judge a file differently.

Usage: agree.py FLOWS [SAMPLES]

FLOWS is the folder of flows: every flow, group, pack, program pack and API in it is good. SAMPLES is a JSON file with a list of
{"name": ..., "text": ..., "schema": "flow", "pack", "program" or "api", "isGood": true or false}: what the schema has to say
of each.

YAML is loaded as the parser loads it: every value is the text it is. By libyaml where PyYAML has it, in a tenth of the time.
"""

import json
import pathlib
import sys

import jsonschema
import yaml
from referencing import Registry, Resource

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def validators(folder):
    names = ("flow", "pack", "program", "api")
    schemas = {name: json.loads((folder / f"{name}.schema.json").read_text("utf-8")) for name in names}
    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    registry = Registry().with_resources(
        (f"{name}.schema.json", Resource.from_contents(schema)) for name, schema in schemas.items()
    )
    return {
        name: jsonschema.Draft202012Validator({"$ref": f"{name}.schema.json"}, registry=registry) for name in schemas
    }


def shipped(folder):
    for path in sorted(folder.rglob("*.yaml")):
        own = {"pack.yaml": "pack", "api.yaml": "api"}
        kind = "program" if path.parent.name == "programs" else own.get(path.name, "flow")
        yield {"name": str(path), "text": path.read_text("utf-8"), "schema": kind, "isGood": True}


def main(folder, samples=None):
    check = validators(folder)
    files = list(shipped(folder))
    if samples:
        files += json.loads(pathlib.Path(samples).read_text("utf-8"))
    differences = 0
    for file in files:
        try:
            value = yaml.load(file["text"], Loader=LOADER)
        except yaml.YAMLError as error:
            differences += 1
            print(f"{file['name']}: PyYAML can't load it: {error}")
            continue
        errors = list(check[file["schema"]].iter_errors(value))
        if bool(errors) != file["isGood"]:
            continue
        differences += 1
        print(f"{file['name']}: the parser {'takes' if file['isGood'] else 'refuses'} it, the schema does not")
        for error in errors[:3]:
            print(f"  {error.json_path}: {error.message[:300]}")
    good = sum(file["isGood"] for file in files)
    print(f"{good} good and {len(files) - good} bad files, {differences} judged differently")
    return 1 if differences or not files else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), *sys.argv[2:]))
