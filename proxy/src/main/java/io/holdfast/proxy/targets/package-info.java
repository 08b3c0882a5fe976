/**
 * Finds the databases that a command would use: in its environment, in what it is called with, and in the files that libraries and
 * frameworks read. Reads files and opens no connection; what a file hides is a finding, too, and no database.
 */
@NullMarked
package io.holdfast.proxy.targets;

import org.jspecify.annotations.NullMarked;
