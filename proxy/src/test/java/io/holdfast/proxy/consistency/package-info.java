/** Whether sessions ever see time go backwards, looked for with writers, readers and followers that stall. */
@NullMarked
package io.holdfast.proxy.consistency;

import org.jspecify.annotations.NullMarked;
