"""Prints what SAM makes of a template: its path is the argument."""

import json
import os
import sys

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")

from samtranslator.parser.parser import Parser  # noqa: E402
from samtranslator.translator.translator import Translator  # noqa: E402
from samtranslator.yaml_helper import yaml_parse  # noqa: E402

# SAM asks AWS for these.
MANAGED = {
    name: f"arn:aws:iam::aws:policy/{name}"
    for name in ["AWSLambda_ReadOnlyAccess", "AmazonS3FullAccess"]
}

with open(sys.argv[1], encoding="utf-8") as file:
    template = yaml_parse(file.read())
# Python takes the version for a date.
json.dump(Translator(MANAGED, Parser()).translate(template, {}), sys.stdout, default=str)
