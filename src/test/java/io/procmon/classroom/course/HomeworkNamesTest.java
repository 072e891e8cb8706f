package io.procmon.classroom.course;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HomeworkNamesTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        hw1              ; hw1
        과제1            ; 과제1
        hw[3-4]          ; hw3 hw4
        hw[135]          ; hw1 hw3 hw5
        hw[1-3]b?        ; hw1 hw1b hw2 hw2b hw3 hw3b
        hw1|lab[1-2]     ; hw1 lab1 lab2
        (hw|lab)-[1-2]   ; hw-1 hw-2 lab-1 lab-2
        (?:mid|final)    ; mid final
        ^hw1$            ; hw1
        hw1\\.2           ; hw1.2
        hw1_[a-c-]       ; hw1_a hw1_b hw1_c hw1_-
        hw1|hw[1-2]      ; hw1 hw2
        (a|)b            ; ab b
        """)
    void listOfNames_hasThem_inItsOrder(String pattern, String expected) {
        assertThat(HomeworkNames.of(Pattern.compile(pattern))).isEqualTo(List.of(expected.split(" ", -1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hw*",
                "hw.*",
                "hw.",
                "hw\\d",
                "hw[0-9]",
                "hw[0-9]+",
                "hw[0123456789]",
                "hw[^1]",
                "hw[1-9&&[^3]]",
                "hw[a-z]",
                "hw[1-5][1-5]",
                "hw[1-3]{1,2}",
                "hw1|hw.*",
                "(?i)hw1",
                "hw1??",
                "(hw)\\1",
                "a$b",
                "",
            })
    void whatStandsForAnyName_isNoList(String pattern) {
        assertThat(HomeworkNames.of(Pattern.compile(pattern))).isEmpty();
    }
}
