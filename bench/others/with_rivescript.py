"""rivescript: one trigger a rule, asked through reply(); its triggers have alternatives and wildcards but no counted gaps."""

import re

from contest import Rule, measured, task, tell
from rivescript import RiveScript

GAP = " [*] "


def spaced(text: str) -> str:
    """Its wildcards end at the edges of words, so Chinese is given to it one character a word."""
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", " ", text)


def trigger(rule: Rule) -> str:
    """As near as its syntax comes: words in their usual order, and any gap where the pattern allows up to six characters."""
    parts = [
        spaced(part) for part in rule["words"] or re.sub(r"([(].*[)])", r"\t\1\t", rule["pattern"].replace(".{0,6}", "\t")).split("\t")
    ]
    return f"+ [*] {GAP.join(filter(None, parts))} [*]\n- {rule['name']}"


if __name__ == "__main__":
    rules, comments, seconds = task()
    bot = RiveScript(utf8=True)
    bot.unicode_punctuation = re.compile("[!?.,~，？！。]")
    bot.stream("\n\n".join([*map(trigger, rules), "+ *\n- none"]))
    bot.sort_replies()
    hits = 0

    def handle(text: str) -> None:
        global hits
        hits += bot.reply("viewer", spaced(text)) != "none"

    tell("rivescript", *measured(comments, seconds, handle), hits)
