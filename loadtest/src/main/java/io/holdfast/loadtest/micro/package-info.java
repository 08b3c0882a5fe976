/** One JMH benchmark per question, each beside a baseline. */
@NullMarked
package io.holdfast.loadtest.micro;

import org.jspecify.annotations.NullMarked;
