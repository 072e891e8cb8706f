package io.procmon.classroom.web;

/** The texts of the page of a mirror link, in English and Korean. */
enum MirrorText {
    TITLE("What procmon has recorded of you", "procmon이 나에 대해 기록한 것"),
    INTRO(
            "Each line is a build or a run. The file below has all fields of each. Your teachers see the same.",
            "한 줄이 빌드나 실행 하나입니다. 아래 파일에 각각의 모든 항목이 있습니다. 선생님도 같은 것을 봅니다."),
    JSON("All fields, as JSON", "모든 항목 (JSON)"),
    COLUMNS(
            "Start,Homework,Kind,File,Result,Exit status,Seconds,Node,Errors and warnings",
            "시작,과제,종류,파일,결과,종료 상태,초,노드,오류와 경고"),
    HELP("A teacher was with you", "선생님이 도와주었습니다"),
    LOOKS("Who has looked", "내 기록을 본 사람"),
    LOOKS_INTRO(
            "Each line is an hour in which somebody requested data of you alone. Lists of the whole class do not count.",
            "한 줄은 누군가가 나의 자료만 요청한 한 시간입니다. 반 전체 목록은 포함되지 않습니다."),
    LOOK_COLUMNS("Hour,Who,What", "시간대,누가,무엇을"),
    BY_TOKEN("somebody with the token of the class page", "수업 페이지 토큰을 가진 사람"),
    BY_LOOPBACK("somebody on the server", "서버에 있는 사람"),
    BY_LINK("somebody with a link to this page", "이 페이지의 링크를 가진 사람"),
    AT_WORK("homework", "과제"),
    AT_ATTEMPTS("builds and runs", "빌드와 실행"),
    AT_MEASURES("measures of errors", "오류 지표"),
    AT_MIRROR("this page", "이 페이지"),
    IS_BUILD("build", "빌드"),
    IS_RUN("run", "실행"),
    IS_OK("ok", "성공"),
    IS_FAILED("failed", "실패"),
    IS_CRASHED("crashed", "비정상 종료"),
    IS_STOPPED("stopped", "중단됨"),
    NO_LINK(
            "There is no such link, or it has ended. Ask your teacher for a new one.",
            "없는 링크이거나 기한이 끝난 링크입니다. 선생님에게 새 링크를 요청하세요."),
    NOT_OFFERED("This course does not offer that any more. Ask your teacher.", "이 과목에서는 더 이상 할 수 없습니다. 선생님에게 문의하세요."),
    NOTHING("Nothing is recorded.", "기록이 없습니다."),
    RECORDED(
            "If you opt out, nothing that you do in this course is recorded from now on. Your teachers see that you have"
                    + " opted out. What is recorded so far stays.",
            "기록을 거부하면 지금부터 이 과목에서 하는 활동은 기록되지 않습니다. 선생님에게는 기록 거부로 보입니다." + " 지금까지의 기록은 남습니다."),
    OPT_OUT("Opt out", "기록 거부"),
    OPTED_OUT("You have opted out, and nothing is recorded since:", "기록을 거부했습니다. 그때부터 기록되지 않습니다:"),
    OPT_IN("Opt in again", "다시 기록 허용"),
    WARNING(
            "Deletion cannot be undone. What you do afterwards is recorded again, unless you opt out.",
            "삭제하면 되돌릴 수 없습니다. 기록을 거부하지 않으면 이후의 활동은 다시 기록됩니다."),
    DELETE("Delete all of it", "모두 삭제"),
    DELETED("Deleted: builds and runs", "삭제한 빌드와 실행");

    private final String english;
    private final String korean;

    MirrorText(String english, String korean) {
        this.english = english;
        this.korean = korean;
    }

    String in(boolean isKorean) {
        return isKorean ? korean : english;
    }
}
