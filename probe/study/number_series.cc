// SPDX-License-Identifier: Apache-2.0
#include "probe/study/number_series.h"

#include <algorithm>

namespace taster::study {

NumberSeries DescribeSeries(std::span<const std::uint32_t> numbers) {
  NumberSeries series;
  if (numbers.empty()) return series;
  const auto [least, most] = std::ranges::minmax(numbers);
  series.least = least;
  series.most = most;
  if (least == most) {
    series.kind = SeriesKind::kFixed;
    return series;
  }
  std::size_t up = 0;
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    up += numbers[i] == numbers[i - 1] + 1 ? 1 : 0;
  }
  series.kind =
      2 * up > numbers.size() ? SeriesKind::kCounting : SeriesKind::kSpread;
  return series;
}

}  // namespace taster::study
