"""What people write in the demonstration: made up, about no school and nobody."""

import random
from datetime import date
from typing import Any

from services.demonstration.cast import Part
from services.visits.criteria import criteria_of
from services.visits.feedback_questions import questions_on
from services.visits.forms import sections_of
from services.visits.frameworks import framework_on

Dice = random.Random

PAPERS = {
    "1": "The school's own analysis of its results",
    "2": "Evidence on teaching and learning",
    "3": "The school improvement plan, with its last review",
    "ip": "The school's section of the visit record",
}

MEASURES = ("PTRWM_EXP", "PTREAD_EXP", "PTMAT_EXP")
INFANT_MEASURES = ("KS1READ_EXP", "KS1WRIT_EXP", "KS1MATH_EXP")

_QUESTIONS = (
    "Do pupils who are entitled to free school meals make the progress of others in maths?",
    "Is writing held back by spelling, or by how much pupils write?",
    "Why did fewer pupils reach the higher standard in reading than two years ago?",
    "Are the pupils with SEN support known to those who teach them each day?",
    "Has the new approach to phonics reached the pupils of Year 2?",
)
_ACTIONS = (
    ("Governors look at the progress of pupils entitled to free school meals each half term", "chair_of_governors"),
    ("Moderate writing with two neighbouring schools", "headteacher"),
    ("Teach reasoning in maths in each year group every week", "school_leader"),
    ("Meet the parents of pupils who miss more than one day in ten", "headteacher"),
)
_EVIDENCE = (
    "Work in books and the school's own checks agree.",
    "Lesson visits with the adviser in four classes.",
    "Results of the last two years and this term's assessments.",
)
_IMPACT = (
    "Nine of twelve pupils reached what was set for them.",
    "Attendance is up by one and a half points since the autumn.",
    "Writing was moderated and holds.",
)
_SENTENCES = (
    "Pupils read widely and talk about what they read with confidence.",
    "Teaching of maths is consistent in Years 3 to 6 and less so in Years 1 and 2.",
    "Leaders know where progress is slowest and have begun where it matters most.",
    "The curriculum is planned in small steps; books show that these are taught.",
    "Governors ask about groups of pupils and follow their questions up.",
)


def objection(part: Part) -> str:
    return part.dice.choice(
        (
            "We have worked with this adviser in another role and would like a fresh pair of eyes.",
            "We asked for somebody who knows small schools.",
        )
    )


def half_day(day: date) -> dict[str, Any]:
    """The fields of a plan for one morning in school."""
    return {"sittings": [{"day": str(day), "starts": "09:00", "ends": "12:00"}], "mode": "in_person"}


def agenda(visit: str, dice: Dice) -> list[dict[str, Any]]:
    if visit == "ip":
        return [
            {"title": "Pupil achievement and outcomes", "source": "la", "minutes": 120, "slot": "la", "aspect": ""},
            {"title": "Early reading", "source": "school", "minutes": 90, "slot": "school", "aspect": ""},
            {"title": "Learning walk", "source": "school", "minutes": 90, "slot": "negotiated", "aspect": ""},
        ]
    focus = dice.choice(("Writing in Year 4", "Reading in key stage 1", "Reasoning in maths"))
    return [
        {"title": "Actions since the last visit", "source": "programme", "minutes": 45},
        {"title": "What the data ask", "source": "la", "minutes": 75},
        {"title": focus, "source": "school", "minutes": 60},
    ]


def countered(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same agenda with the school's own item changed."""
    return [{**item, "title": "Writing across the school"} if item["source"] == "school" else item for item in items]


def questions(dice: Dice) -> list[str]:
    return dice.sample(_QUESTIONS, 2)


def finding(dice: Dice) -> dict[str, str]:
    return {"finding": dice.choice(("supported", "not_supported", "open")), "words": dice.choice(_EVIDENCE)}


def targets(part: Part) -> list[dict[str, Any]]:
    """A school's targets: three measures for all pupils, one for those with free school meals, and absence."""
    dice, size = part.dice, part.dice.randrange(14, 62)
    first, second, third = INFANT_MEASURES if part.infant else MEASURES
    rows = [
        {"measure": measure, "group": group, "count": round(of * share / 100), "cohort_size": of}
        for measure, group, of, share in (
            (first, "all", size, dice.randrange(58, 78)),
            (second, "all", size, dice.randrange(68, 86)),
            (third, "all", size, dice.randrange(64, 84)),
            (first, "fsm", max(6, size // 4), dice.randrange(40, 60)),
        )
    ]
    absence = {"measure": "ABSENCE", "group": "all", "percentage": f"{dice.randrange(42, 58) / 10}"}
    return [*rows, absence]


def comment(dice: Dice, rows: list[dict[str, Any]]) -> dict[str, str]:
    suitability = dice.choices(("suitable", "not_challenging", "unrealistic"), (85, 10, 5))[0]
    words = {
        "suitable": "In line with the estimates, and with what the school has shown it can do.",
        "not_challenging": "Below what pupils like these reached elsewhere last year.",
        "unrealistic": "Two more pupils than any estimate gives.",
    }
    return {
        "measure": rows[0]["measure"],
        "group": rows[0]["group"],
        "suitability": suitability,
        "comment": words[suitability],
    }


def action(dice: Dice, year: int, number: int) -> dict[str, str]:
    text, owner = _ACTIONS[(dice.randrange(2) * 2 + number - 1) % len(_ACTIONS)]
    due = date(year + 1, 3 + 2 * number, 28)
    return {"text": text, "owner": owner, "due": str(due), "success": "Seen in books and in the end of year checks"}


def review(dice: Dice) -> dict[str, str]:
    return {"status": dice.choices(("green", "amber", "red"), (55, 35, 10))[0], "evidence": dice.choice(_EVIDENCE)}


def impact(dice: Dice) -> str:
    return dice.choice(_IMPACT)


def evidence(dice: Dice) -> str:
    return dice.choice(_EVIDENCE)


def own_grades(part: Part, visit: date) -> list[tuple[str, str]]:
    """A grade for each heading of the framework in force on the day of the visit, but the best and the worst; the same
    for a school whenever it is asked."""
    framework = framework_on(visit)
    if framework is None:
        raise LookupError(f"no framework was in force on {visit}")
    same = Dice(f"{part.urn}-{visit}")
    graded = [(heading, grades) for heading, grades in framework.headings.items() if len(grades) > 2]
    return [(heading, same.choices(grades[1:3], (3, 1))[0]) for heading, grades in graded]


def lower(heading: str, grade: str, visit: date) -> str:
    """The grade below."""
    framework = framework_on(visit)
    grades = framework.headings[heading] if framework else ()
    return grades[grades.index(grade) + 1]


def dispute(heading: str) -> dict[str, str]:
    return {
        "school_words": f"Our own checks of {heading.lower()} over two years say so.",
        "adviser_words": "What I saw in two of six classes is not yet what the framework asks for that grade.",
    }


def concern(dice: Dice) -> dict[str, str]:
    return {
        "aspect": dice.choice(("Achievement", "Quality of teaching", "Leadership and management")),
        "summary": "Progress in maths is low for the second year, and the plan for it has not begun.",
    }


def sections(document: str, part: str, dice: Dice) -> list[tuple[str, str]]:
    """What is written in each section of a document by one side."""
    asked = [each for each in sections_of(document) if each.part == part and (each.required or part == "school")]
    return [
        (each.section, each.choices[0] if each.choices else f"{dice.choice(_SENTENCES)} {dice.choice(_SENTENCES)}")
        for each in (asked if part == "adviser" else asked[:2])
    ]


def judged() -> dict[str, bool]:
    """Every criterion met."""
    return {each.criterion: True for each in criteria_of()}


def not_all(results: dict[str, bool]) -> dict[str, bool]:
    """The same with one criterion not met."""
    return {**results, "evidence": False}


def satisfaction(dice: Dice, day: date) -> list[dict[str, Any]]:
    return [{"question": each.code, "score": dice.choice((3, 4, 4, 5))} for each in questions_on(day)]
