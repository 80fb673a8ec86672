"""assignment_units: one row per planned task, unit and role, for networks of who works with whom."""

from pipeline.schemas import column, table

SCHEMA = table(
    "assignment_units",
    __doc__,
    key="unit_id",
    columns={
        "unit_id": column(
            "string", "id: the task's id, the role and the unit's place in the list", unique=True
        ),
        "assignment_id": column("string", "task, as in assignments"),
        "report_id": column("string", "report"),
        "role": column("string", "what the unit does for the task", among=("lead", "responsible", "support")),
        "unit": column("string", "the unit in the report's words; 甲局和乙局 are two rows"),
        "unit_normalised": column(
            "string",
            "one name for one body, from the codebook agencies: tier and short name (区司法局); units the codebook does "
            "not know keep their words",
        ),
        "collective": column("boolean", "whether it stands for many units (各镇乡街道, 区政府有关部门)"),
        "decided_by": column(
            "string",
            "what told the unit: rules (always with the engine jieba), or a name that a HanLP model found (entities)",
            among=("rules", "entities"),
        ),
    },
)
