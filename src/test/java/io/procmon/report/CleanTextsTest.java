package io.procmon.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CleanTextsTest {

    private final CleanTexts texts = new CleanTexts();

    @Test
    void textThatIsAdded_isThere_andNoOther() {
        texts.add("/home/coder/project/hw1");

        assertThat(texts.have("/home/coder/project/hw1")).isTrue();
        assertThat(texts.have("/home/coder/project/hw2")).isFalse();
    }

    @Test
    void longText_takesNoRoom() {
        String text = "a".repeat(1025);

        texts.add(text);

        assertThat(texts.have(text)).isFalse();
    }

    @Test
    void moreThanThereIsRoomFor_makesItBeginAnew() {
        texts.add("first");
        for (int i = 0; i < 300; i++) {
            texts.add("%01000d".formatted(i));
        }

        assertThat(texts.have("first")).isFalse();
        assertThat(texts.have("%01000d".formatted(299))).isTrue();
    }
}
