package io.procmon.classroom.progsnap2;

/** The columns of the main table that procmon uses, in their order. */
enum Column {
    EVENT_ID("EventID"),
    ORDER("Order"),
    EVENT_TYPE("EventType"),
    SUBJECT_ID("SubjectID"),
    TOOL_INSTANCES("ToolInstances"),
    CODE_STATE_ID("CodeStateID"),
    CLIENT_TIMESTAMP("ClientTimestamp"),
    COURSE_ID("CourseID"),
    COURSE_SECTION_ID("CourseSectionID"),
    ASSIGNMENT_ID("AssignmentID"),
    LOGGING_ERROR_ID("LoggingErrorID"),
    IS_FABRICATED_EVENT("IsFabricatedEvent"),
    SESSION_ID("SessionID"),
    CODE_STATE_SECTION("CodeStateSection"),
    COMPILE_RESULT("CompileResult"),
    EXECUTION_RESULT("ExecutionResult"),
    PROGRAM_ERROR_OUTPUT("ProgramErrorOutput"),
    PARENT_EVENT_ID("ParentEventID"),
    COMPILE_MESSAGE_TYPE("CompileMessageType"),
    COMPILE_MESSAGE_DATA("CompileMessageData"),
    SOURCE_LOCATION("SourceLocation"),
    EVENT_INITIATOR("EventInitiator"),
    INTERVENTION_CATEGORY("InterventionCategory"),
    INTERVENTION_TYPE("InterventionType"),
    INTERVENTION_MESSAGE("InterventionMessage");

    private final String title;

    Column(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
