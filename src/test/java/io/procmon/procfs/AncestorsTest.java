package io.procmon.procfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.ExecVariant;
import io.procmon.events.ExecRecord;
import io.procmon.events.ImageKey;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AncestorsTest {

    private static final int CONTAINER = 1;
    private static final int NODE = 2;

    private final Ancestors ancestors = new Ancestors();

    @Test
    void imagesOfTheContainer_areFoundFromTheNearestOn() {
        ancestors.above(exec(10, 9, CONTAINER));
        ancestors.above(exec(11, 10, CONTAINER));
        ancestors.above(exec(12, 11, CONTAINER));

        assertThat(ancestors.above(exec(13, 12, CONTAINER))).containsExactly(image(12), image(11), image(10));
    }

    @Test
    void parentThatNobodySaw_isTheLast() {
        assertThat(ancestors.above(exec(13, 12, CONTAINER))).containsExactly(image(12));
    }

    @Test
    void imageOutsideTheContainer_isNotLookedThrough() {
        ancestors.above(exec(10, 9, NODE));
        ancestors.above(exec(11, 10, CONTAINER));

        assertThat(ancestors.above(exec(12, 11, CONTAINER))).containsExactly(image(11));
    }

    @Test
    void loop_ends() {
        ancestors.above(exec(10, 11, CONTAINER));

        assertThat(ancestors.above(exec(11, 10, CONTAINER))).hasSizeLessThan(10);
    }

    private static ExecRecord exec(int tgid, int parent, long cgroup) {
        return ExecVariant.of(Classroom.exec(tgid, "/usr/bin/make", "make"))
                .image(image(tgid))
                .parent(Optional.of(image(parent)))
                .cgroup("/c", cgroup)
                .exec();
    }

    private static ImageKey image(int tgid) {
        return new ImageKey(tgid, tgid, 1);
    }
}
