/** What reads logs, with the table of messages behind it. Loaded when the first text that may be one is there. */
export { detectionLines, isForeign, isMonitorLog } from '../../core/monitor/detect.js';
export { MonitorHovers } from './hovers.js';
