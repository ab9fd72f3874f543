"""Documents as PDF: every function takes facts and returns the bytes of one file."""

from app.demo.papers import agreements, decrees, guides, letters, plans, regional, reports

PAPERS = {
    "decree": decrees.decree,
    "list_decree": decrees.list_decree,
    "regulation": decrees.regulation,
    "bylaw": decrees.bylaw,
    "assignment": letters.assignment,
    "minutes": letters.minutes,
    "training": letters.training,
    "budget": plans.budget,
    "workplan": plans.workplan,
    "agreement": agreements.agreement,
    "manual": guides.manual,
    "procedure": guides.procedure,
    "creation": reports.creation,
    "receivers": reports.receivers,
    "comparison": reports.comparison,
    "monitoring": reports.monitoring,
    "survey": reports.survey,
    "study": reports.study,
    "regional": regional.regional,
}
