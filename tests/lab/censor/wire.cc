// SPDX-License-Identifier: Apache-2.0
// Frames in, delay, frames out, with the censor's frames among them.
#include "tests/lab/censor/wire.h"

#include <algorithm>
#include <utility>

namespace taster::lab {
namespace {

constexpr std::size_t kHeadBytes = kOffloadHeaderBytes + kEthernetHeaderBytes;

Side Opposite(Side side) {
  return side == Side::kLeft ? Side::kRight : Side::kLeft;
}

// The frame that carries `packet` on in place of `original`: no offload.
Bytes FrameOnward(ByteView packet, ByteView original) {
  Bytes frame(kHeadBytes + packet.size());
  std::copy_n(original.begin() + kOffloadHeaderBytes, kEthernetHeaderBytes,
              frame.begin() + kOffloadHeaderBytes);
  std::ranges::copy(packet, frame.begin() + kHeadBytes);
  return frame;
}

// The frame that carries a forged packet back to where `query_frame` came
// from: Ethernet addresses swapped.
Bytes FrameBack(ByteView packet, ByteView query_frame) {
  Bytes frame = FrameOnward(packet, query_frame);
  const auto head = frame.begin() + kOffloadHeaderBytes;
  std::swap_ranges(head, head + 6, head + 6);
  return frame;
}

std::uint64_t Nanoseconds(std::chrono::nanoseconds duration) {
  return static_cast<std::uint64_t>(duration.count());
}

}  // namespace

std::uint64_t MonotonicNow() {
  return Nanoseconds(std::chrono::steady_clock::now().time_since_epoch());
}

Wire::Wire(Parts parts, WireTraits traits)
    : parts_(parts), traits_(traits), random_(traits.seed) {}

void Wire::Accept(Side side) {
  Link& link = side == Side::kLeft ? parts_.left : parts_.right;
  for (const ByteView frame : link.Receive()) {
    if (frame.size() >= kHeadBytes) Inspect(frame, side);
  }
}

void Wire::Inspect(ByteView frame, Side from) {
  const std::uint64_t now = MonotonicNow();
  const Direction direction =
      from == Side::kLeft ? Direction::kOutward : Direction::kInward;
  Decision decision =
      parts_.censor.Decide(frame.subspan(kHeadBytes), direction);
  for (const Emission& emission : decision.emissions) {
    const std::uint64_t due = now + Nanoseconds(emission.delay);
    ++counts_.forged;
    Enqueue({.due_ns = due,
             .leaves_by = from,
             .bytes = FrameBack(emission.packet, frame),
             .truth_line = TruthLine(emission, due)});
  }
  for (const Reset& reset : decision.resets) {
    ++counts_.forged;
    Enqueue({.due_ns = now,
             .leaves_by = reset.goes_back ? from : Opposite(from),
             .bytes = reset.goes_back ? FrameBack(reset.packet, frame)
                                      : FrameOnward(reset.packet, frame),
             .truth_line = {}});
  }
  if (decision.drops_packet) {
    ++counts_.swallowed;
    return;
  }
  ++counts_.carried;
  Enqueue({.due_ns = now + Nanoseconds(traits_.one_way_delay),
           .leaves_by = Opposite(from),
           .bytes = decision.replacement
                        ? FrameOnward(*decision.replacement, frame)
                        : Bytes(frame.begin(), frame.end()),
           .truth_line = {}});
}

void Wire::Enqueue(Frame frame) {
  if (Happens(traits_.loss)) {
    ++counts_.lost;
    return;
  }
  if (Happens(traits_.reordering)) frame.due_ns += Nanoseconds(kHeldBack);
  if (Happens(traits_.duplication)) {
    // The truth log counts what was forged, not what the path doubled.
    Frame copy = frame;
    copy.truth_line.clear();
    if (!queue_.Push(std::move(copy))) ++counts_.overflowed;
  }
  if (!queue_.Push(std::move(frame))) ++counts_.overflowed;
}

bool Wire::Happens(double share) {
  // No share, no draw: what a seed leads to stays as it was.
  return share > 0 && std::bernoulli_distribution(share)(random_);
}

void Wire::Deliver() {
  const std::uint64_t now = MonotonicNow();
  while (const std::optional<Frame> frame = queue_.PopDue(now)) {
    const Link& link =
        frame->leaves_by == Side::kLeft ? parts_.left : parts_.right;
    if (!link.Send(frame->bytes)) {
      ++counts_.overflowed;
    } else if (!frame->truth_line.empty()) {
      parts_.truth_log.Append(frame->truth_line);
    }
  }
}

WireCounts Wire::counts() const {
  WireCounts counts = counts_;
  counts.overflowed += parts_.left.TakeMissed() + parts_.right.TakeMissed();
  return counts;
}

}  // namespace taster::lab
