/** YAML and environment to configuration records; reports every problem at once, with line and path. */
@NullMarked
package io.holdfast.config.load;

import org.jspecify.annotations.NullMarked;
