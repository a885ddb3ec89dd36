package io.filewright.stream;

import io.filewright.memory.ChunkSizes;
import io.filewright.memory.MemoryBudget;
import java.util.OptionalLong;

/// How much a [BatchSource] has, and what is known of its batches.
///
/// @param bytes in all, if known
/// @param recordBytes of a record, 1 where records have no size of their own
/// @param batchBytes of a batch unless told otherwise; 0 to follow [ChunkSizes#optimal]
/// @param budget what a pass takes its memory from, or would
public record SourceSize(
    OptionalLong bytes, long recordBytes, long batchBytes, MemoryBudget budget) {

  /// What is taken for the size of an element whose size nobody knows: 64 bytes.
  static final long ELEMENT_BYTES = 64;

  /// Of elements that come one after the other, until there are no more. They are kept on the heap,
  /// which no budget knows, so a batch has the least that the formula gives: 100,000.
  static final SourceSize UNKNOWN =
      new SourceSize(
          OptionalLong.empty(),
          ELEMENT_BYTES,
          ELEMENT_BYTES * ChunkSizes.LEAST_RECORDS,
          StreamConfig.processBudget());

  /// The size of a batch unless the caller says otherwise, in bytes.
  long usualBatchBytes() {
    return batchBytes > 0
        ? batchBytes
        : ChunkSizes.optimal(budget.availableBytes(), bytes.orElse(Long.MAX_VALUE), recordBytes);
  }
}
