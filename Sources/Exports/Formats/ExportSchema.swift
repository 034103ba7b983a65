/// The JSON Schema (2020-12) of `ExportFormat.json`, version 1: what stays as it is while `format` is 1.
public let exportSchema = #"""
  {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:keyusher:export:1",
    "title": "A record exported by Keyusher",
    "description": "The checklist of one run. It holds no secret. Times are UTC, RFC 3339.",
    "type": "object",
    "additionalProperties": false,
    "required": ["format", "flow", "run", "outcome", "steps", "exceptions", "reminders", "resumptions", "redactions", "tally", "journal"],
    "properties": {
      "format": { "const": 1 },
      "flow": {
        "type": "object",
        "additionalProperties": false,
        "required": ["id", "version", "title", "summary"],
        "properties": {
          "id": { "type": "string" },
          "version": { "type": "integer" },
          "title": { "type": "string" },
          "summary": { "type": "string" }
        }
      },
      "run": {
        "type": "object",
        "additionalProperties": false,
        "required": ["id", "tool", "user", "host", "began"],
        "properties": {
          "id": { "type": "string" },
          "tool": { "type": "string", "description": "The version of Keyusher that began the run." },
          "user": { "type": "string" },
          "host": { "type": "string" },
          "performer": { "type": "string" },
          "owner": { "type": "string", "description": "Who will own the key." },
          "reference": { "type": "string", "description": "A ticket." },
          "began": { "$ref": "#/$defs/time" },
          "ended": { "$ref": "#/$defs/time" }
        }
      },
      "outcome": {
        "type": "object",
        "additionalProperties": false,
        "required": ["word"],
        "properties": {
          "word": { "enum": ["completed", "aborted", "blocked", "unfinished"] },
          "reason": { "type": "string", "description": "Why it ended so, or where an unfinished run stands." }
        }
      },
      "steps": { "type": "array", "items": { "$ref": "#/$defs/step" } },
      "loops": {
        "description": "The loops that the way went round more than once; missing if there are none. A round is a time round one of them; going back to correct an answer begins none.",
        "type": "array",
        "minItems": 1,
        "items": {
          "type": "object",
          "additionalProperties": false,
          "required": ["number", "steps", "rounds"],
          "properties": {
            "number": { "type": "integer", "minimum": 1 },
            "steps": { "type": "array", "items": { "type": "integer", "minimum": 1 }, "description": "The numbers of the steps that its rounds came to." },
            "rounds": {
              "type": "array",
              "minItems": 2,
              "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["number"],
                "properties": {
                  "number": { "type": "integer", "minimum": 1 },
                  "name": { "type": "string", "description": "What the round was about, where the flow asks for a name." }
                }
              }
            }
          }
        }
      },
      "exceptions": { "type": "array", "items": { "$ref": "#/$defs/exception" } },
      "reminders": {
        "type": "array",
        "items": {
          "type": "object",
          "additionalProperties": false,
          "required": ["day", "text"],
          "properties": {
            "day": { "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
            "text": { "type": "string" }
          }
        }
      },
      "resumptions": {
        "type": "array",
        "items": {
          "type": "object",
          "additionalProperties": false,
          "required": ["at", "user", "host", "tool"],
          "properties": {
            "at": { "$ref": "#/$defs/time" },
            "user": { "type": "string" },
            "host": { "type": "string" },
            "tool": { "type": "string" },
            "noticed": { "type": "string", "description": "A changed flow, a torn line." }
          }
        }
      },
      "redactions": {
        "type": "array",
        "items": {
          "type": "object",
          "additionalProperties": false,
          "required": ["line", "reason", "at"],
          "properties": {
            "line": { "type": "integer", "minimum": 2 },
            "reason": { "type": "string" },
            "at": { "$ref": "#/$defs/time" }
          }
        }
      },
      "tally": {
        "description": "How many answers stand with each standing that occurs: one of a step, or one of each round of its loop.",
        "type": "object",
        "propertyNames": { "$ref": "#/$defs/standing" },
        "additionalProperties": { "type": "integer", "minimum": 1 }
      },
      "journal": {
        "type": "object",
        "additionalProperties": false,
        "required": ["lines", "finalDigest"],
        "properties": {
          "lines": { "type": "integer", "minimum": 1 },
          "finalDigest": { "type": "string", "description": "The digest of the last line, in hexadecimal." }
        }
      }
    },
    "$defs": {
      "time": {
        "type": "string",
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$"
      },
      "standing": {
        "description": "A choice or a name; a person says so; a script or a program says so; the tool saw it, saw otherwise, or could not tell; left out.",
        "enum": ["answered", "claimed", "scripted", "verified", "not-verified", "not-knowable", "skipped"]
      },
      "round": { "type": "integer", "minimum": 1, "description": "In which round of its step's loop; missing too for what belongs to a round that was taken back as a whole." },
      "mouth": {
        "type": "object",
        "additionalProperties": false,
        "required": ["kind"],
        "properties": {
          "kind": { "enum": ["typed", "enter", "script", "program", "tool"] },
          "digest": { "type": "string", "description": "The SHA-256 of the script's text, in hexadecimal." }
        }
      },
      "step": {
        "type": "object",
        "additionalProperties": false,
        "required": ["number", "id", "title", "required", "state", "instructions", "choices", "takes", "facts", "earlier", "notes"],
        "properties": {
          "number": { "type": "integer", "minimum": 1 },
          "id": { "type": "string" },
          "title": { "type": "string" },
          "required": { "type": "boolean" },
          "state": { "enum": ["done", "denied", "left", "skipped", "open", "not-reached", "not-on-this-way"] },
          "instructions": { "type": "array", "items": { "type": "string" }, "description": "A hole for another step's answer stands in brackets: that answer, where it stood when the text was read, otherwise the name of that step." },
          "question": { "type": "string" },
          "choices": { "type": "array", "items": { "type": "string" } },
          "takes": { "type": "array", "items": { "type": "string" }, "description": "The parts of a credential." },
          "url": { "type": "string" },
          "source": { "type": "string", "description": "Where a page instruction comes from, and whether anyone saw the live page." },
          "facts": { "type": "array", "items": { "type": "string" } },
          "loop": { "type": "integer", "minimum": 1, "description": "The loop in whose rounds it was answered." },
          "standing": { "$ref": "#/$defs/visit" },
          "earlier": { "type": "array", "items": { "$ref": "#/$defs/visit" }, "description": "Answers that were given before: taken back, or given in an earlier round of a loop." },
          "notes": {
            "type": "array",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": ["at", "text", "mouth"],
              "properties": {
                "at": { "$ref": "#/$defs/time" },
                "text": { "type": "string" },
                "mouth": { "$ref": "#/$defs/mouth" },
                "round": { "$ref": "#/$defs/round" }
              }
            }
          }
        }
      },
      "visit": {
        "type": "object",
        "additionalProperties": false,
        "required": ["at", "standing", "ids", "mouth", "parts"],
        "properties": {
          "at": { "$ref": "#/$defs/time" },
          "standing": { "$ref": "#/$defs/standing" },
          "by": { "type": "string", "description": "By what the tool looked." },
          "reason": { "type": "string", "description": "Why it was skipped." },
          "answer": { "type": "string", "description": "The answer in words." },
          "ids": { "type": "array", "items": { "type": "string" }, "description": "The answer as a script gives it." },
          "mouth": { "$ref": "#/$defs/mouth" },
          "round": { "$ref": "#/$defs/round" },
          "takenBack": { "const": true, "description": "It was taken back within its round." },
          "parts": {
            "type": "array",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": ["name", "title", "taken", "looksRight"],
              "properties": {
                "name": { "type": "string" },
                "title": { "type": "string" },
                "taken": { "type": "boolean" },
                "looksRight": { "enum": ["yes", "no", "not-knowable"] },
                "publicPart": { "type": "string", "description": "The characters by which the exchange lists the key." }
              }
            }
          }
        }
      },
      "exception": {
        "type": "object",
        "additionalProperties": false,
        "required": ["number", "step", "stepNumber", "kind", "what", "raised", "resolution"],
        "properties": {
          "number": { "type": "integer", "minimum": 1 },
          "step": { "type": "string" },
          "stepNumber": { "type": "integer", "minimum": 0 },
          "kind": {
            "enum": ["skip", "page-differs", "override", "correction", "interruption", "warning", "store-changed"]
          },
          "warning": { "type": "string", "description": "A warning's code." },
          "what": { "type": "string" },
          "raised": { "$ref": "#/$defs/time" },
          "resolution": { "enum": ["open", "corrected", "accepted", "recorded"] },
          "reason": { "type": "string", "description": "Why a person left it so." },
          "resolved": { "$ref": "#/$defs/time" },
          "round": { "$ref": "#/$defs/round" }
        }
      }
    }
  }

  """#
