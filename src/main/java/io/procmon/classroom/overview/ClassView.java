package io.procmon.classroom.overview;

import java.util.List;

/**
 * The class as a page shows it. A homework that the course file names has progress from the time at which it opens, also if
 * no student has begun it. The steps and the errors are those of all students of the selected sections and homeworks, except
 * of those who have opted out.
 *
 * @param total the number of selected rows
 * @param page the rows of the page
 * @param help the students who may need help now, the longest wait first
 * @param helped the students with whom a teacher is
 * @param funnels the progress of the class with each homework
 * @param errors the most common errors of each homework
 * @param sections the sections of the courses, in order
 * @param homeworks the homeworks of the courses, in order
 */
public record ClassView(
        int total,
        List<Entry> page,
        List<Entry> help,
        List<Entry> helped,
        List<Funnel> funnels,
        List<CommonError> errors,
        List<String> sections,
        List<String> homeworks) {}
