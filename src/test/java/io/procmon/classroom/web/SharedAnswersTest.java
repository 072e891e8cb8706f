package io.procmon.classroom.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedAnswersTest {

    private final List<String> computed = new ArrayList<>();
    private final SharedAnswers<String, Integer> answers = new SharedAnswers<>(question -> _ -> {
        computed.add(question);
        return computed.size();
    });

    @Test
    void clientsOfOneMoment_shareAnAnswer() {
        Instant moment = Instant.now();

        assertThat(answers.at(moment, "os")).isEqualTo(1);
        assertThat(answers.at(moment, "os")).isEqualTo(1);
        assertThat(answers.at(moment, "db")).isEqualTo(2);
        assertThat(computed).containsExactly("os", "db");
    }

    @Test
    void laterMoment_getsAnotherAnswer() {
        answers.at(Instant.now(), "os");

        assertThat(answers.at(Instant.now().plusSeconds(1), "os")).isEqualTo(2);
    }

    @Test
    void forgottenAnswer_isComputedAgain() {
        Instant moment = Instant.now();
        answers.at(moment, "os");

        answers.forget("os");

        assertThat(answers.at(moment, "os")).isEqualTo(2);
    }

    @Test
    void failure_isNotKept() {
        List<String> tries = new ArrayList<>();
        SharedAnswers<String, Integer> failing = new SharedAnswers<>(question -> _ -> {
            tries.add(question);
            throw new IllegalStateException("the store is away");
        });
        Instant moment = Instant.now();

        assertThatThrownBy(() -> failing.at(moment, "os")).hasMessage("the store is away");
        assertThatThrownBy(() -> failing.at(moment, "os")).hasMessage("the store is away");
        assertThat(tries).hasSize(2);
    }
}
