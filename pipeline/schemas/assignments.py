"""assignments: one row per planned task of which the report says who does it, or by when."""

from pipeline.schemas import column, table

SCHEMA = table(
    "assignments",
    __doc__,
    key="assignment_id",
    columns={
        "assignment_id": column("string", "id of the task: report id and offset", unique=True),
        "report_id": column("string", "report"),
        "start": column(
            "integer", "offset in texts.text where the task begins, its number included", at_least=0
        ),
        "end": column("integer", "offset behind what names its units and deadline", at_least=0),
        "item": column(
            "string",
            "the task's number without its marks (6.2, 13, 一); that of the heading above where it has none",
            nullable=True,
        ),
        "task": column("string", "first 15 characters of the task, white space removed"),
        "lead": column("strings", "units that lead (牵头单位), in the report's words"),
        "responsible": column(
            "strings", "units that carry it out (责任单位, 责任部门); 牵头单位、责任单位:X is in both lists"
        ),
        "support": column("strings", "units that help (配合单位, 参与单位)"),
        "persons": column("strings", "persons or offices named as in charge (责任领导, 责任人)"),
        "deadline": column(
            "string", "by when, in the report's words; a year alone as four digits", nullable=True
        ),
        "due": column(
            "string", "last day the deadline allows, ISO 8601; empty for standing tasks", nullable=True
        ),
        "task_text": column("string", "the whole task, line breaks removed"),
        "decided_by": column(
            "string",
            "what told units and persons: rules (always with the engine jieba), or, where these alone would have read otherwise, names that a HanLP model found (entities)",
            among=("rules", "entities"),
        ),
    },
)
