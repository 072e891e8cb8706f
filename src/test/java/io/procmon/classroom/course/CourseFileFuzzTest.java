package io.procmon.classroom.course;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any course file is either read, or refused with a message that names the file. */
class CourseFileFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void read(byte[] bytes) {
        try {
            Course course = CourseFile.read("os.yaml", new String(bytes, UTF_8));

            assertThat(course.homeworks()).isNotNull();
        } catch (InvalidCourseFile refusal) {
            assertThat(refusal.getMessage()).contains("os.yaml");
        }
    }
}
