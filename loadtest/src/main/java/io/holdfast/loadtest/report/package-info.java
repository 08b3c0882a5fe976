/** What was measured, and how it is written down: tables, JSON, charts. Pure, but for {@link io.holdfast.loadtest.report.ReportFiles}. */
@NullMarked
package io.holdfast.loadtest.report;

import org.jspecify.annotations.NullMarked;
