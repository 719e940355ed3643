"""A person whom emitted campaigns run on: just enough of filters and flow steps to see what the numbers become.

Written from the meaning of Marketo's operators, not from the lowering.  An empty number matches ``is 0`` and no other
comparison; the log holds (activity, day) pairs; ``today`` is a day's number.
"""

from __future__ import annotations

import re
from typing import Any

ABSENT = {
    "Not Visited Web Page": "Visited Web Page",
    "Not Filled Out Form": "Filled Out Form",
    "Not Clicked Link in Email": "Clicked Link in Email",
    "Not Clicked Link on Web Page": "Clicked Link on Web Page",
    "Not Opened Email": "Opened Email",
}
FILTERS = set(ABSENT.values())


class Person:
    def __init__(self, bundle, today: int = 1000, **fields: Any) -> None:
        self.campaigns = {
            item.name: dict(item.table) for item in bundle.objects if item.kind == "smart-campaigns"
        }
        self.smart_lists = {
            item.name: dict(item.table) for item in bundle.objects if item.kind == "smart-lists"
        }
        self.tokens = {
            (item.table["program"], item.table["reference"]): item.table["shown"]
            for item in bundle.objects
            if item.kind == "tokens"
        }
        self.today = today
        self.fields: dict[str, Any] = {
            "Created At": 0,
            **{key.replace("_", " "): value for key, value in fields.items()},
        }
        self.log: list[tuple[str, int]] = []
        self.lists: set[str] = set()
        self.through: dict[str, int] = {}
        self.alerts: list[str] = []
        self.waiting: list[tuple[float, list[dict[str, Any]], str]] = []

    # --- running -----------------------------------------------------------------------------------------------------

    def named(self, name: str) -> str:
        found = [key for key, table in self.campaigns.items() if key == name or table["campaign"] == name]
        assert len(found) == 1, (name, sorted(self.campaigns))
        return found[0]

    def run(self, name: str) -> bool:
        """Put the person through a campaign, if its filters and qualification let it."""
        key = self.named(name)
        table = self.campaigns[key]
        if not self.in_list(table["smart_list"]) or not self.qualifies(key, table["qualification"]):
            return False
        self.through[key] = self.today
        for step in table["flow"]:
            self.step(step, table["program"])
        return True

    def go_to(self, today: int) -> None:
        """Let days pass; who waits in a requested campaign goes on when the time has come."""
        self.today = today
        due = [row for row in self.waiting if row[0] <= today]
        self.waiting = [row for row in self.waiting if row[0] > today]
        for _, steps, program in due:
            for step in steps:
                self.step(step, program)

    def night(self, *stages: str) -> None:
        """Every nightly batch, by its clock."""
        batches = [
            (table["schedule"].rpartition(" ")[2], name)
            for name, table in self.campaigns.items()
            if table["type"] == "batch" and table.get("switched_on") in (stages or ("nightly",))
        ]
        for _, name in sorted(batches, key=lambda pair: pair[0]):
            self.run(name)

    def qualifies(self, key: str, rule: str) -> bool:
        if rule == "Every time" or key not in self.through:
            return True
        if rule == "Only once":
            return False
        count, unit = re.fullmatch(r"Once every (\d+) (hour|day)s?", rule).groups()
        return (self.today - self.through[key]) * 24 >= int(count) * (24 if unit == "day" else 1)

    def step(self, step: dict[str, Any], program: str) -> None:
        fields = {row["label"]: row["value"] for row in step["fields"]}
        if "choices" in step:
            value = next((row["value"] for row in step["choices"] if self.holds(row["if"])), step["default"])
            if value == "--Do Nothing--":
                return
            fields[step["varies"]] = value
        if step["step"] == "Change Score":
            self.change_score(
                fields["Score Name"], self.tokens.get((program, fields["Change"]), fields["Change"])
            )
        elif step["step"] == "Change Data Value":
            self.fields[fields["Attribute"]] = self.text(fields["New Value"])
        elif step["step"] == "Execute Campaign":
            self.run(fields["Campaign"])
        elif step["step"] == "Request Campaign":
            requested = self.campaigns[fields["Campaign"]]
            wait, *rest = requested["flow"]
            span = days(wait["fields"][0]["value"])
            self.waiting.append((self.today + span, rest, requested["program"]))
        elif step["step"] == "Add to List":
            self.lists.add(fields["List Name"])
        elif step["step"] == "Remove from List":
            self.lists.discard(fields["List Name"])
        else:
            self.alerts.append(step["step"])

    def change_score(self, name: str, change: str) -> None:
        assert not change.startswith("{{"), change
        old = self.fields.get(name) or 0
        self.fields[name] = int(change[1:]) if change.startswith("=") else old + int(change)

    def text(self, value: str) -> Any:
        if value == "{{system.dateTime}}":
            return self.today
        only = re.fullmatch(r"\{\{lead\.([^}]*)\}\}", value)
        if only:
            return self.fields.get(only[1])
        filled = re.sub(r"\{\{lead\.([^}]*)\}\}", lambda found: str(self.fields.get(found[1]) or ""), value)
        return int(filled) if re.fullmatch(r"-?\d+", filled) else filled

    # --- filters --------------------------------------------------------------------------------------------------------

    def in_list(self, smart_list: dict[str, Any]) -> bool:
        results = [self.holds(row) for row in smart_list.get("filters", [])]
        logic = smart_list.get("filter_logic", "ALL")
        if logic in {"ALL", "ANY"}:
            return all(results) if logic == "ALL" else any(results)
        python = re.sub(r"\d+", lambda found: f"results[{int(found[0]) - 1}]", logic)
        return bool(eval(python, {"results": results}))

    def holds(self, row: dict[str, Any]) -> bool:
        rule = row["rule"]
        if rule in ABSENT:
            return not self.happened(ABSENT[rule], row)
        if rule in FILTERS or rule in {
            "Data Value Changed",
            "Person was Created",
            "Program Status was Changed",
        }:
            return self.happened(rule, row)
        if rule == "Member of List":
            return bool(self.lists & set(row["values"])) is (row["operator"] == "in")
        if rule == "Member of Smart List":
            inside = any(self.in_list(self.smart_lists[name]) for name in row["values"])
            return inside is (row["operator"] == "in")
        return self.compare(self.fields.get(rule), row["operator"], row["values"])

    def happened(self, rule: str, row: dict[str, Any]) -> bool:
        span, least = 10_000.0, 1
        for item in row.get("constraints", []):
            if item["name"] == "Date of Activity":
                span = days(item["values"][0])
            elif item["name"] == "Min. Number of Times":
                least = int(item["values"][0])
        return sum(name == rule and self.today - day < span for name, day in self.log) >= least

    def compare(self, value: Any, operator: str, values: list[str]) -> bool:
        empty = value is None or value == ""
        if operator in {"is empty", "is not empty"}:
            return empty is (operator == "is empty")
        if operator in {"in past", "in past before"}:
            recent = not empty and self.today - value < days(values[0])
            return recent if operator == "in past" else empty or not recent
        if operator in {"at least", "at most", "greater than", "less than", "between"}:
            return not empty and number(int(value), operator, [int(text) for text in values])
        return text_test("" if empty else value, operator, values)


def days(span: str) -> float:
    count, unit = span.split()
    return int(count) / (24 if unit.startswith("hour") else 1)


def number(value: int, operator: str, values: list[int]) -> bool:
    first = values[0]
    return {
        "at least": value >= first,
        "at most": value <= first,
        "greater than": value > first,
        "less than": value < first,
        "between": first <= value <= values[-1],
    }[operator]


def text_test(value: Any, operator: str, values: list[str]) -> bool:
    plain = str(value).casefold()
    wanted = [text.casefold() for text in values]
    positive = operator.removeprefix("not ").replace("is not", "is")
    found = {
        "is": plain in wanted or (plain == "" and "0" in wanted),
        "contains": any(text in plain for text in wanted),
        "starts with": any(plain.startswith(text) for text in wanted),
    }[positive]
    return found is (operator == positive)
