import type { XAXisOption, YAXisOption } from 'echarts/types/dist/shared'
import { chartFont, type Ink } from './ink.ts'

/** What every axis has in common: its name in the middle with the unit, quiet lines, digits that line up. */
export function axisLook(ink: Ink, name: string) {
  return {
    name,
    nameLocation: 'middle',
    nameTextStyle: { color: ink.muted, fontSize: 12, fontFamily: chartFont },
    axisLabel: { color: ink.muted, fontSize: 12, fontFamily: chartFont },
    axisLine: { show: true, lineStyle: { color: ink.muted } },
    axisTick: { show: true, lineStyle: { color: ink.muted } },
    splitLine: { show: false },
  } as const
}

/** Numbers along an axis with a true minus. The ends of a range that is not round are not told: they would crowd the ticks beside them. */
export function numberLabels(ink: Ink) {
  return {
    color: ink.muted,
    fontSize: 12,
    fontFamily: chartFont,
    showMinLabel: false,
    showMaxLabel: false,
    formatter: (value: number) => String(value).replace('-', '−'),
  } as const
}

export function xAxis(ink: Ink, name: string, more: XAXisOption): XAXisOption {
  return { ...axisLook(ink, name), nameGap: 28, ...more }
}

export function yAxis(ink: Ink, name: string, more: YAXisOption): YAXisOption {
  return {
    ...axisLook(ink, name),
    nameGap: 46,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: true, lineStyle: { color: ink.line } },
    ...more,
  }
}

/** The ground of every chart: no animation that a screenshot could catch half-way, a tooltip drawn inside the canvas. */
export function chartBase(ink: Ink) {
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: chartFont, color: ink.text },
    legend: {
      top: 0,
      left: 0,
      itemWidth: 30,
      itemHeight: 10,
      itemGap: 18,
      textStyle: { color: ink.text, fontSize: 13, fontFamily: chartFont },
    },
    tooltip: {
      // Drawn text: HTML with inline styles is against the page's policy.
      renderMode: 'richText',
      confine: true,
      backgroundColor: ink.surface,
      borderColor: ink.line,
      textStyle: { color: ink.text, fontSize: 13, fontFamily: chartFont },
    },
  } as const
}
